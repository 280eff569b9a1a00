error-scr-rsp-070 = There is no such assessment.
error-scr-rsp-071 = { $factor }: choose an answer.
error-scr-rsp-072 = Say when the polls open: whole hours, or choose an election with its opening time.
error-scr-rsp-073 = Say how many voters are affected, as a whole number; 0 where none is.
error-scr-rsp-074 = Give the assessment a title of at most 200 bytes that everybody may read.
error-scr-rsp-075 = These settings cannot be used: seven cut-offs fall from at most 100 to 0, half of the time is at least one minute, and five numbers of voters rise from 1 on.
error-scr-rsp-076 = There is no such election. Choose one from the list, or none.
error-scr-rsp-077 = Only managers and supervisors record assessments. Ask one of them.
