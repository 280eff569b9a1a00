results-desk-columns-answer = { $used } of { $columns } columns of { $file } are read.
results-desk-columns-doubts = { $count ->
    [0] Check that each column is what it says, and go on.
    [one] One is doubtful and marked: look at it first.
   *[other] { $count } are doubtful and marked: look at them first.
 }
results-desk-columns-title = What each column is
results-desk-columns-values = Values
results-desk-columns-role = Is
results-desk-columns-by-row = The file names no polling stations: each row is one.
results-desk-columns-again = Show again with these columns
results-desk-columns-experts = For experts: the whole mapping as a file
results-desk-roles-station = Polling station
results-desk-roles-votes = Votes
results-desk-roles-lines = Lines of the tally sheet
results-desk-role-out = Leave out
results-desk-role-code-1 = Code of the polling station
results-desk-role-code-2 = Second part of the code
results-desk-role-code-3 = Further part of the code
results-desk-role-name = Name of the polling station
results-desk-role-place = Place above it (region, district)
results-desk-role-part = Part that is counted by itself
results-desk-role-contest = Name of the contest
results-desk-role-contestant = Votes for a contestant
results-desk-role-who = Names the contestant, one row for each
results-desk-role-votes = Votes of the contestant in the row
results-desk-role-group = Party or list of the contestant in the row
results-desk-role-doubt = Look at it
results-desk-role-proposed = The proposal was: { $role }.
results-desk-role-wrong-no-code = No column is the code of the polling station. Choose one above, or say that each row is a polling station.
results-desk-role-wrong-twice = Another column is already “{ $role }”. Choose something else for one of them.
results-desk-role-wrong-no-numbers = No column holds votes or a line of the tally sheet. Choose what the columns with numbers are.
results-desk-role-wrong-half-long = A file with one row for each contestant needs both: a column with the contestant, and one with the votes.
results-desk-role-wrong-wide-and-long = The votes already stand in a column of their own. Leave this column out, or take that one back.
results-desk-role-wrong-other-file = These columns are not those of the file. Look at the page again and choose anew.
results-desk-like-title = Read as an earlier file was
results-desk-like-text = All columns of that file are in this one. It was recorded:
results-desk-like-anew = Propose anew
