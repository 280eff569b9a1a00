# What refusals of the exchange say.
error-scr-thr-001 = Your organisation is no member of this community.
error-scr-thr-002 = There is no such community.
error-scr-thr-003 = This name cannot be used. A code has small letters, digits and hyphens, at most 40; a name at most 200 characters.
error-scr-thr-004 = There is a community with this code already. Choose another.
error-scr-thr-005 = A community is founded by 2 to 100 organisations, yours among them.
error-scr-thr-006 = It is so already: nothing would change.
error-scr-thr-007 = There is no such proposal.
error-scr-thr-008 = It is decided already, or your organisation has said so already.
error-scr-thr-009 = It is about your organisation, which has no say in it.
error-scr-thr-010 = This is not for your role. Decisions are a manager’s; managers, supervisors and clerks share.
error-scr-thr-011 = The rules are not complete: a text of at most 8,000 characters, and a share from 50 to 99 percent. An exclusion needs a reason.
error-scr-thr-012 = There is no such collection.
error-scr-thr-013 = Your organisation may read this collection, and not add to it.
error-scr-thr-014 = The collection cannot be used so: it needs a title, and a short name that no other one has.
error-scr-thr-016 = Not all founders have joined yet.
error-scr-thr-017 = There is nothing to share.
error-scr-thr-018 = There are too many: members, collections, or open proposals.
error-scr-thr-019 = This cannot be shared: { $what }
error-scr-thr-020 = Your organisation is no custodian of this community.
error-scr-thr-021 = There is no such pseudonym, or no such request.
error-scr-thr-022 = A second custodian has to agree; you were the first.
error-scr-thr-023 = This pseudonym cannot be used, or another member uses it.
error-scr-thr-024 = This day is past, or more than ten years away.
error-scr-thr-025 = There is no such object, or none for you.
error-scr-thr-041 = Line { $line } of what is watched cannot be read, or there are too many lines: “{ $text }”.
error-scr-thr-070 = A request about this pseudonym is open already.
error-scr-thr-072 = There can be no such copy: { $what ->
    [redact-kind] others refer to objects of this type by what they say.
    [redact-revoked] the object has been taken back.
    [redact-required-reference] it leads to something that readers of the copy may not see, and it cannot be without that.
    [redact-unidentified] nothing would be left by which it could be recognised.
   *[other] what would be left is no proper object.
 }
error-scr-thr-073 = This cannot be left out, because the object cannot be without it, or has no such part: { $what }
error-scr-thr-074 = A part that stays is for fewer readers than the copy: { $what }. Leave it out, or choose a narrower label.
error-scr-thr-075 = What is left out ({ $what }) still stands in the copy: { $where }. Leave that out too.
error-scr-thr-076 = Something left out ({ $what }) may still show in: { $where }. Look at each of these, and tick the box.
error-scr-thr-077 = The copy would go further than the object, which is another member’s. Only its source can widen its label.
error-scr-thr-078 = The id of the original is made of its content: whoever guesses what you leave out could check it. Do not name the original.
error-scr-thr-079 = It gets no day: it is public already, or was shared under a pseudonym, which a day would give away.
error-scr-thr-080 = A part of it has a narrower label than the rest. Make a copy without it, and set a day for the copy.
error-scr-thr-090 = This file is no vocabulary and no warning list: { $why }
error-scr-thr-091 = Vocabularies are imported by whoever runs this installation, and by managers of election bodies and security teams.
error-scr-thr-092 = The file is too large: at most { $max } MiB are read.
error-scr-thr-093 = There are { $max } vocabularies already: more are not taken.
error-scr-thr-094 = There is no such vocabulary here, or no such word in it.
error-scr-thr-110 = What is said of the log cannot be: it needs a name, an address that begins with https://, and a beginning that is a number; a decision needs a reason.
error-scr-thr-111 = The public key cannot be read. It is the key in base64, as lists of logs have it: ECDSA on P-256, or RSA.
error-scr-thr-112 = This log is followed already, or there are { $max } logs.
error-scr-thr-113 = There is no such log.
error-scr-thr-114 = Nothing is to be decided about this log.
error-scr-thr-115 = There is no such name, or it was put in order.
error-scr-thr-050 = There is no such source, or none of your organisation.
error-scr-thr-051 = This address cannot be used. It begins with https://, names a server, and has no user or password in it.
error-scr-thr-052 = This login cannot be used: a part of it is missing, too long, or has a sign in it that cannot be sent.
error-scr-thr-053 = How often is between once a minute and once a week.
error-scr-thr-054 = Your organisation has 50 sources already. Remove one first.
error-scr-thr-055 = The other server gives nothing: { $what }.
error-scr-thr-056 = The source has not been told where its objects go, or it is paused.
error-scr-thr-057 = This collection is not on the server of this source. Choose one of those that it offers.
