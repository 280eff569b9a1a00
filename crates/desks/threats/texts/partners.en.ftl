# Objects from servers of others
partners-title = From others
partners-add = Add a source
partners-none-answer = Your organisation brings in nothing from other servers yet.
partners-none-title = Let others’ warnings come to you
partners-none-text = Security centres and platforms publish what they know on servers of their own. Add one here, and what is new there is fetched by itself and goes into a collection of your community.
partners-none-ask = A manager of your organisation can add one.
partners-fine-answer = Everything that is switched on works.
partners-failing-answer = { $count ->
    [one] One source gives nothing now.
   *[other] { $count } sources give nothing now.
 }
partners-own-only = Only your own organisation sees this list. Logins are kept encrypted and never shown again.
partners-from = Where from
partners-last-poll = Last fetched
partners-next-poll = Next time:
partners-taken-all = Taken in all
partners-state-begun = not set up
partners-state-paused = paused
partners-state-polled = is being fetched
partners-state-failing = gives nothing
partners-state-first = waits for its first time
partners-state-works = works
partners-days = { $count ->
    [one] every day
   *[other] every { $count } days
 }
partners-hours = { $count ->
    [one] every hour
   *[other] every { $count } hours
 }
partners-minutes = { $count ->
    [one] every minute
   *[other] every { $count } minutes
 }
partners-new-title = Add a source
partners-new-answer = Say where the objects come from. We look there at once, and you choose from what there is.
partners-step-where = Where from
partners-step-whereto = What, and whereto
partners-field-kind = What stands there?
partners-kind-taxii = A TAXII 2.1 server
partners-kind-misp = A MISP feed (a folder with manifest.json)
partners-field-address = Address
partners-field-address-hint = As your partner gave it to you, beginning with https://. For TAXII the address of the server is enough.
partners-field-name = Name
partners-field-name-hint = What your colleagues call it; you may leave it empty.
partners-field-login = How do we show who we are?
partners-field-login-hint = Your partner tells you.
partners-login-nothing = Not at all: it is open to everybody
partners-login-password = User and password
partners-login-bearer = A token (bearer)
partners-login-key = A key of MISP
partners-field-user = User
partners-field-user-hint = Only with a password.
partners-field-secret = Password, token or key
partners-field-secret-hint = It is kept encrypted, goes to this server alone, and is never shown again.
partners-act-look = Look what is there
partners-wrong-kind = Choose what stands there.
partners-login-title = Another login
partners-login-answer = Type the login anew. The one before is forgotten.
partners-setup-title = What, and whereto
partners-setup-trouble = The other server gives nothing.
partners-setup-nothing = There is nothing there that we may read.
partners-setup-feed = The feed is there.
partners-setup-answer = { $count ->
    [one] There is one collection.
   *[other] There are { $count } collections. Choose one.
 }
partners-no-answer = The other server
partners-elsewhere-title = Not everything is on this server
partners-elsewhere = { $count ->
    [one] One part of it is on another server, to which the login must not go. Add that server by itself.
   *[other] { $count } parts of it are on other servers, to which the login must not go. Add those servers by themselves.
 }
partners-feed-found = { $count ->
    [one] One event.
   *[other] { $count } events.
 }
partners-feed-newest = The newest:
partners-field-theirs = What do you want from there?
partners-not-readable = not for us
partners-wrong-theirs = Choose a collection.
partners-no-place = There is nowhere to put it
partners-no-place-text = Your organisation may add to no collection of a community that has begun.
partners-field-place = Where does it go?
partners-field-place-hint = The collections to which your organisation may add.
partners-wrong-place = Choose a collection of your community.
partners-field-label = For whom, at the widest?
partners-field-label-hint = What is narrower there stays narrower here.
partners-wrong-label = Choose a label.
partners-field-every = How often do we look?
partners-wrong-interval = Choose how often.
partners-consequence = What comes from there is shared in the name of your organisation, without anybody looking at it first. What says that a member of the community made it is not taken.
partners-record = That your organisation fetches from there, with the next batch: neither the address nor the time can be seen in public. The login is not recorded.
partners-act-setup = Begin
partners-again = Look again
partners-remove = Remove
partners-remove-title = Remove this source?
partners-remove-answer = Nothing is fetched from { $name } any more.
partners-remove-consequence = The login is destroyed. What came from there stays where it is.
partners-record-remove = That your organisation fetches nothing from there any more, with the next batch.
partners-answer-paused = Nothing is fetched while it is paused.
partners-answer-failing = The other server gives nothing now; we go on trying.
partners-answer-first = It is fetched for the first time within some seconds.
partners-answer-more = { $count ->
    [one] One new object came; there is more, and it goes on in a minute.
   *[other] { $count } new objects came; there is more, and it goes on in a minute.
 }
partners-answer-works = { $count ->
    [0] It works; nothing has come yet.
    [one] It works: one object has come.
   *[other] It works: { $count } objects have come.
 }
partners-act-poll = Fetch now
partners-act-pause = Pause
partners-act-resume = Go on
partners-asked = Asked for
partners-asked-text = It is fetched within some seconds.
partners-look-again = Look again
partners-since = Since
partners-taken = New
partners-known = Here already
partners-refused = Not taken
partners-undated = The other server does not say when it has added something. So everything is read again each time.
partners-refused-why = What was not taken
partners-why = Why
partners-how-often = How often
partners-example = One of them
partners-terms = How it is set up
partners-secret-kept = Password, token or key is kept encrypted and never shown.
partners-change = Change
partners-fact-kind = What stands there
partners-fact-address = Address
partners-fact-login = Login
partners-fact-whereto = Goes to
partners-fact-label = At the widest
partners-fact-every = How often
partners-fail-claimed = It says that a member of this community made it. Members share such things here themselves.
partners-fail-missing = The list names it, and it is not there.
partners-fail-more = Other reasons.
partners-trouble-private = The address is one of a local network. This server asks only machines on the public internet; its operator can allow others.
partners-trouble-plain = The address begins with http://. Nothing is fetched without encryption; its operator can allow it.
partners-trouble-no-host = There is no server of this name. Look at the address.
partners-trouble-unreachable = It cannot be reached.
partners-trouble-slow = It answers too slowly.
partners-trouble-certificate = Its certificate is not valid, so nobody knows whether it is the right server. Tell your partner.
partners-trouble-login = It does not accept our login ({ $detail }). Type it anew, or ask your partner.
partners-trouble-missing = There is nothing at this address (404). Look at it, or ask your partner.
partners-trouble-busy = It is busy, and asks to be left alone for { $detail } seconds.
partners-trouble-status = It answers with the error { $detail }. That is for your partner to mend.
partners-trouble-redirect = It sends us on to another server, where our login must not go. Ask your partner for the new address.
partners-trouble-media = What is there is neither TAXII 2.1 nor a feed of MISP, perhaps a page for people. Look at the address.
partners-trouble-broken = What it sends cannot be read: { $detail }. That is for your partner to mend.
partners-trouble-cut-off = The connection broke off in the middle. What had come is here.
partners-trouble-too-large = It sends more than { $detail } MiB at once. What was read before that is here; ask your partner to send it in smaller parts.
partners-trouble-loop = Its pages lead round in a circle. That is for your partner to mend.
partners-trouble-stuck = It says that there is more, but not how to ask for it. That is for your partner to mend.
partners-trouble-here = It cannot be shared here any more ({ $detail }): your organisation is no member, may not add to the collection, or the collection is closed.
partners-trouble-secret = The login cannot be read any more. Type it anew.
partners-trouble-own = This server was interrupted. It goes on by itself.
