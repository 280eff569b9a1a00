# What messages of alerts say. Short: each letter of an SMS costs.
sent-kind-alert = تنبيه
sent-kind-update = تحديث
sent-kind-cancel = أُلغي: تنبيه
sent-marked-exercise = تمرين تمرين تمرين. هذا تمرين. لم يحدث شيء مما يلي.
sent-marked-test = اختبار اختبار اختبار. هذا يختبر فقط وصول الرسائل. لا تفعل شيئًا.
sent-until = سارٍ حتى { $until }.
sent-link = اقرأه وأكّد أنك قرأته:
sent-verify = للتحقق من صحته: قارنه ببطاقتك المطبوعة، أو افتح الملفات المرفقة في مكان تثق به. أرسل هذه الرسالة برنامج؛ ولا تُقرأ الردود عليها.
sent-test-title = اختبار البوابة
sent-test-text = هذه الرسالة تختبر بوابة التنبيهات. لا تفعل شيئًا.
sent-call = مراكز لم تجب بعد في { $area }: { $stations }. يرجى الاتصال بها.
