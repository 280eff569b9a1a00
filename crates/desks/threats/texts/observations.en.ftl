# What an organisation has seen itself, held against what is shared.
observed-title = What we have seen
observed-none-yet = Bring addresses, names, links or hashes from your own logs. They are held against every sign that is shared with you, now and for the next month.
observed-no-match = { $count ->
    [one] Nothing that is shared with you matches the one thing you brought.
   *[other] Nothing that is shared with you matches the { $count } things you brought.
  }
observed-answer = { $signs ->
    [one] One shared sign matches what you brought.
   *[other] { $signs } shared signs match what you brought.
  } { $count ->
    [one] You brought one thing.
   *[other] You brought { $count } things.
  }
observed-matches = Signs that match
observed-sign = Sign
observed-yours = What you have seen
observed-state = Now
observed-when = Found
observed-todo = Open a sign to read what it means and what to do. From there you can tell its source that you have seen it too, or that it is a false alarm.
observed-bring = Bring what you have seen
observed-text = Addresses, names, links, hashes
observed-text-hint = One on each line, or text in which they stand. Forms such as hxxp://name[.]example are understood.
observed-look = Look for matches
observed-file = A file
observed-file-hint = Observed data of STIX (JSON), a CSV table, or text; at most { $max } MiB.
observed-look-file = Look through the file
observed-stays = It stays with you
observed-stays-text = What you bring is neither shared nor recorded. It is removed after { $days } days, and nobody else learns what it matched.
observed-kept = What is kept
observed-kept-text = { $count ->
    [one] One thing, brought last
   *[other] { $count } things, brought last
  }
observed-forget = Remove all of it now
observed-ask = People who share for your organisation can bring what it has seen.
observed-nothing = Nothing was found in it that a sign could match: no address, name, link or hash.
observed-too-much = That is more than is taken at once: at most { $count } things and { $max } MiB. Divide it.
observed-form = It cannot be read: { $why }
observed-full = Your organisation has brought as much as is kept ({ $max } MiB). Remove what is there, or wait until it goes.
observed-task = { $count ->
    [one] One shared sign matches what you have seen
   *[other] { $count } shared signs match what you have seen
  }
observed-task-hint = It stands in your own logs: look today.
