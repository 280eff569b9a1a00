# ما يأتي من خوادم الآخرين
partners-title = من الآخرين
partners-add = إضافة مصدر
partners-none-answer = لا تجلب منظمتكم شيئًا من خوادم أخرى بعد.
partners-none-title = دعوا تنبيهات الآخرين تصل إليكم
partners-none-text = تنشر مراكز الأمن والمنصات ما تعرفه على خوادمها. أضيفوا واحدًا هنا، فيُجلب كل جديد تلقائيًا إلى مجموعة في مجتمعكم.
partners-none-ask = يستطيع مدير في منظمتكم إضافة مصدر.
partners-fine-answer = كل ما هو مفعَّل يعمل.
partners-failing-answer = { $count ->
    [zero] لا مصدر متعطل.
    [one] مصدر واحد لا يعطي شيئًا الآن.
    [two] مصدران لا يعطيان شيئًا الآن.
    [few] { $count } مصادر لا تعطي شيئًا الآن.
    [many] { $count } مصدرًا لا يعطي شيئًا الآن.
   *[other] { $count } مصدر لا يعطي شيئًا الآن.
 }
partners-own-only = لا يرى هذه القائمة سوى منظمتكم. تُحفظ بيانات الدخول مشفَّرة ولا تُعرض مرة أخرى.
partners-from = من أين
partners-last-poll = آخر جلب
partners-next-poll = المرة القادمة:
partners-taken-all = المأخوذ إجمالًا
partners-state-begun = لم يكتمل الإعداد
partners-state-paused = متوقف مؤقتًا
partners-state-polled = يُجلب الآن
partners-state-failing = لا يعطي شيئًا
partners-state-first = ينتظر المرة الأولى
partners-state-works = يعمل
partners-days = { $count ->
    [zero] كل { $count } يوم
    [one] كل يوم
    [two] كل يومين
    [few] كل { $count } أيام
    [many] كل { $count } يومًا
   *[other] كل { $count } يوم
 }
partners-hours = { $count ->
    [zero] كل { $count } ساعة
    [one] كل ساعة
    [two] كل ساعتين
    [few] كل { $count } ساعات
    [many] كل { $count } ساعة
   *[other] كل { $count } ساعة
 }
partners-minutes = { $count ->
    [zero] كل { $count } دقيقة
    [one] كل دقيقة
    [two] كل دقيقتين
    [few] كل { $count } دقائق
    [many] كل { $count } دقيقة
   *[other] كل { $count } دقيقة
 }
partners-new-title = إضافة مصدر
partners-new-answer = قولوا من أين تأتي الأشياء. ننظر هناك فورًا، وتختارون مما هو موجود.
partners-step-where = من أين
partners-step-whereto = ماذا، وإلى أين
partners-field-kind = ماذا يوجد هناك؟
partners-kind-taxii = خادم TAXII 2.1
partners-kind-misp = تغذية MISP (مجلد فيه manifest.json)
partners-field-address = العنوان
partners-field-address-hint = كما أعطاكم إياه شريككم، ويبدأ بـ https://. في TAXII يكفي عنوان الخادم.
partners-field-name = الاسم
partners-field-name-hint = كما يسميه زملاؤكم؛ يمكن تركه فارغًا.
partners-field-login = كيف نُظهر من نحن؟
partners-field-login-hint = يخبركم شريككم بذلك.
partners-login-nothing = لا حاجة: إنه مفتوح للجميع
partners-login-password = مستخدم وكلمة مرور
partners-login-bearer = رمز (bearer)
partners-login-key = مفتاح MISP
partners-field-user = المستخدم
partners-field-user-hint = مع كلمة المرور فقط.
partners-field-secret = كلمة المرور أو الرمز أو المفتاح
partners-field-secret-hint = يُحفظ مشفَّرًا، ولا يُرسل إلا إلى هذا الخادم، ولا يُعرض مرة أخرى.
partners-act-look = انظروا ماذا يوجد
partners-wrong-kind = اختاروا ما يوجد هناك.
partners-login-title = بيانات دخول أخرى
partners-login-answer = اكتبوا بيانات الدخول من جديد. تُنسى السابقة.
partners-setup-title = ماذا، وإلى أين
partners-setup-trouble = الخادم الآخر لا يعطي شيئًا.
partners-setup-nothing = لا يوجد هناك ما يحق لنا قراءته.
partners-setup-feed = التغذية موجودة.
partners-setup-answer = { $count ->
    [zero] لا توجد مجموعات.
    [one] توجد مجموعة واحدة.
    [two] توجد مجموعتان. اختاروا واحدة.
    [few] توجد { $count } مجموعات. اختاروا واحدة.
    [many] توجد { $count } مجموعة. اختاروا واحدة.
   *[other] توجد { $count } مجموعة. اختاروا واحدة.
 }
partners-no-answer = الخادم الآخر
partners-elsewhere-title = ليس كل شيء على هذا الخادم
partners-elsewhere = { $count ->
    [zero] لا جزء منه على خادم آخر.
    [one] جزء منه على خادم آخر لا يجوز أن تصل إليه بيانات الدخول. أضيفوا ذلك الخادم وحده.
    [two] جزءان منه على خوادم أخرى لا يجوز أن تصل إليها بيانات الدخول. أضيفوها منفردة.
    [few] { $count } أجزاء منه على خوادم أخرى لا يجوز أن تصل إليها بيانات الدخول. أضيفوها منفردة.
    [many] { $count } جزءًا منه على خوادم أخرى لا يجوز أن تصل إليها بيانات الدخول. أضيفوها منفردة.
   *[other] { $count } جزء منه على خوادم أخرى لا يجوز أن تصل إليها بيانات الدخول. أضيفوها منفردة.
 }
partners-feed-found = { $count ->
    [zero] لا أحداث.
    [one] حدث واحد.
    [two] حدثان.
    [few] { $count } أحداث.
    [many] { $count } حدثًا.
   *[other] { $count } حدث.
 }
partners-feed-newest = الأحدث:
partners-field-theirs = ماذا تريدون من هناك؟
partners-not-readable = ليست لنا
partners-wrong-theirs = اختاروا مجموعة.
partners-no-place = لا مكان له
partners-no-place-text = لا يحق لمنظمتكم الإضافة إلى أي مجموعة في مجتمع بدأ.
partners-field-place = إلى أين يذهب؟
partners-field-place-hint = المجموعات التي يحق لمنظمتكم الإضافة إليها.
partners-wrong-place = اختاروا مجموعة من مجتمعكم.
partners-field-label = لمن، في أوسع الأحوال؟
partners-field-label-hint = ما هو أضيق هناك يبقى أضيق هنا.
partners-wrong-label = اختاروا وسمًا.
partners-field-every = كم مرة ننظر؟
partners-wrong-interval = اختاروا عدد المرات.
partners-consequence = ما يأتي من هناك يُشارَك باسم منظمتكم دون أن ينظر فيه أحد أولًا. وما يدّعي أن عضوًا في المجتمع صنعه لا يُؤخذ.
partners-record = أن منظمتكم تجلب من هناك، مع الدفعة القادمة: لا يُرى العنوان ولا الوقت علنًا. ولا تُسجَّل بيانات الدخول.
partners-act-setup = ابدؤوا
partners-again = انظروا مرة أخرى
partners-remove = إزالة
partners-remove-title = إزالة هذا المصدر؟
partners-remove-answer = لن يُجلب شيء من { $name } بعد الآن.
partners-remove-consequence = تُتلف بيانات الدخول. ويبقى ما جاء من هناك حيث هو.
partners-record-remove = أن منظمتكم لم تعد تجلب شيئًا من هناك، مع الدفعة القادمة.
partners-answer-paused = لا يُجلب شيء أثناء التوقف.
partners-answer-failing = الخادم الآخر لا يعطي شيئًا الآن؛ ونواصل المحاولة.
partners-answer-first = يُجلب للمرة الأولى خلال ثوانٍ.
partners-answer-more = { $count ->
    [zero] لم يأتِ جديد؛ هناك المزيد، ويستمر بعد دقيقة.
    [one] جاء شيء جديد واحد؛ هناك المزيد، ويستمر بعد دقيقة.
    [two] جاء شيئان جديدان؛ هناك المزيد، ويستمر بعد دقيقة.
    [few] جاءت { $count } أشياء جديدة؛ هناك المزيد، ويستمر بعد دقيقة.
    [many] جاء { $count } شيئًا جديدًا؛ هناك المزيد، ويستمر بعد دقيقة.
   *[other] جاء { $count } شيء جديد؛ هناك المزيد، ويستمر بعد دقيقة.
 }
partners-answer-works = { $count ->
    [zero] يعمل؛ لم يأتِ شيء بعد.
    [one] يعمل: جاء شيء واحد.
    [two] يعمل: جاء شيئان.
    [few] يعمل: جاءت { $count } أشياء.
    [many] يعمل: جاء { $count } شيئًا.
   *[other] يعمل: جاء { $count } شيء.
 }
partners-act-poll = اجلبوا الآن
partners-act-pause = إيقاف مؤقت
partners-act-resume = متابعة
partners-asked = طُلب
partners-asked-text = يُجلب خلال ثوانٍ.
partners-look-again = انظروا مرة أخرى
partners-since = منذ
partners-taken = جديد
partners-known = موجود من قبل
partners-refused = لم يُؤخذ
partners-undated = لا يقول الخادم الآخر متى أضاف شيئًا. لذلك يُقرأ كل شيء في كل مرة.
partners-refused-why = ما لم يُؤخذ
partners-why = لماذا
partners-how-often = كم مرة
partners-example = واحد منها
partners-terms = كيف أُعِدّ
partners-secret-kept = تُحفظ كلمة المرور أو الرمز أو المفتاح مشفَّرة ولا تُعرض أبدًا.
partners-change = تغيير
partners-fact-kind = ما يوجد هناك
partners-fact-address = العنوان
partners-fact-login = الدخول
partners-fact-whereto = يذهب إلى
partners-fact-label = في أوسع الأحوال
partners-fact-every = كم مرة
partners-fail-claimed = يدّعي أن عضوًا في هذا المجتمع صنعه. والأعضاء يشاركون ذلك هنا بأنفسهم.
partners-fail-missing = تسميه القائمة وليس هناك.
partners-fail-more = أسباب أخرى.
partners-trouble-private = العنوان من شبكة محلية. لا يسأل هذا الخادم إلا أجهزة على الإنترنت العام؛ ويستطيع مشغّله السماح بغيرها.
partners-trouble-plain = يبدأ العنوان بـ http://. لا يُجلب شيء دون تشفير؛ ويستطيع المشغّل السماح به.
partners-trouble-no-host = لا خادم بهذا الاسم. راجعوا العنوان.
partners-trouble-unreachable = لا يمكن الوصول إليه.
partners-trouble-slow = يجيب ببطء شديد.
partners-trouble-certificate = شهادته غير صالحة، فلا أحد يعلم إن كان الخادم الصحيح. أخبروا شريككم.
partners-trouble-login = لا يقبل بيانات دخولنا ({ $detail }). اكتبوها من جديد أو اسألوا شريككم.
partners-trouble-missing = لا شيء في هذا العنوان (404). راجعوه أو اسألوا شريككم.
partners-trouble-busy = إنه مشغول ويطلب أن يُترك { $detail } ثانية.
partners-trouble-status = يجيب بالخطأ { $detail }. على شريككم إصلاح ذلك.
partners-trouble-redirect = يحيلنا إلى خادم آخر لا يجوز أن تصل إليه بيانات دخولنا. اسألوا شريككم عن العنوان الجديد.
partners-trouble-media = ما هناك ليس TAXII 2.1 ولا تغذية MISP، وربما صفحة للناس. راجعوا العنوان.
partners-trouble-broken = لا يمكن قراءة ما يرسله: { $detail }. على شريككم إصلاح ذلك.
partners-trouble-cut-off = انقطع الاتصال في الوسط. وما كان قد جاء موجود هنا.
partners-trouble-too-large = يرسل أكثر من { $detail } MiB دفعة واحدة. ما قُرئ قبل ذلك موجود هنا؛ اطلبوا من شريككم أجزاء أصغر.
partners-trouble-loop = تدور صفحاته في حلقة. على شريككم إصلاح ذلك.
partners-trouble-stuck = يقول إن هناك المزيد ولا يقول كيف يُطلب. على شريككم إصلاح ذلك.
partners-trouble-here = لم يعد ممكنًا مشاركته هنا ({ $detail }): منظمتكم ليست عضوًا، أو لا يحق لها الإضافة إلى المجموعة، أو المجموعة مغلقة.
partners-trouble-secret = لم يعد ممكنًا قراءة بيانات الدخول. اكتبوها من جديد.
partners-trouble-own = قوطع هذا الخادم. ويتابع من تلقاء نفسه.
