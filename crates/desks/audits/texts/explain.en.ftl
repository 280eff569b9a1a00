# Explanations of discrepancies
audit-explain-title = Discrepancies
audit-explain-none = Nothing that was read differs from what machines reported, or no round is closed yet.
audit-explain-missing = { $missing ->
    [0] Every discrepancy has an explanation. What is written here stands on the public page.
   *[other] { $missing } of { $all } discrepancies have no explanation yet. What is written here stands on the public page.
 }
audit-explain-words = What is the reason?
audit-explain-hint = What people found when they looked, without names, addresses or telephone numbers.
audit-explain-send = Record this explanation
