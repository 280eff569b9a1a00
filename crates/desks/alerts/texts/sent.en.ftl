# What messages of alerts say. Short: each letter of an SMS costs.
sent-kind-alert = Alert
sent-kind-update = Update
sent-kind-cancel = Cancelled: alert
sent-marked-exercise = EXERCISE EXERCISE EXERCISE. This is an exercise. Nothing of what follows has happened.
sent-marked-test = TEST TEST TEST. This only tests whether messages arrive. Do nothing.
sent-until = In force until { $until }.
sent-link = Read it and say that you have read it:
sent-verify = How to check that it is genuine: open the saved page verify.html, put in the attached file that ends in .bundle and the text of your card. If none is attached, the alert’s own page has it. This message was sent by a program; answers to it are not read.
sent-test-title = test of the gateway
sent-test-text = This message tests the gateway for alerts. Do nothing.
sent-call = No answer yet from polling stations in { $area }: { $stations }. Please call them.
