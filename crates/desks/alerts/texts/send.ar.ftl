send-title = الإرسال
send-answer-none = لا توجد بوابة معدّة: لا تصل التنبيهات إلى أحد كرسالة.
send-answer-waits = { $count ->
    [zero] لا رسالة تنتظر التسليم.
    [one] رسالة واحدة تنتظر التسليم.
    [two] رسالتان تنتظران التسليم.
    [few] { $count } رسائل تنتظر التسليم.
    [many] { $count } رسالة تنتظر التسليم.
   *[other] { $count } رسالة تنتظر التسليم.
 }
send-answer-idle = لا شيء ينتظر: كل ما صدر سُلّم أو فشل.
send-add = إعداد بوابة
send-no-gateway = لا بوابة تأخذ هذه الرسائل
send-no-gateway-text = { $way }: { $count ->
    [one] رسالة واحدة تنتظر
    [two] رسالتان تنتظران
    [few] { $count } رسائل تنتظر
    [many] { $count } رسالة تنتظر
   *[other] { $count } رسالة تنتظر
 } ولا توجد بوابة من هذا النوع قيد الاستخدام. أعدّ بوابة أو شغّل واحدة، وسيُرسل ما ينتظر تلقائيًا.
send-no-gateway-alert = { $way }: لا توجد بوابة من هذا النوع قيد الاستخدام، ولذلك تنتظر هذه الرسائل.
send-lies = بوابة تُبلغ عن رسائل لم تُسلَّم إليها
send-lies-text = { $count ->
    [zero] لم يصل أي تقرير من هذا النوع
    [one] وصل تقرير واحد من هذا النوع
    [two] وصل تقريران من هذا النوع
    [few] وصلت { $count } تقارير من هذا النوع
    [many] وصل { $count } تقريرا من هذا النوع
   *[other] وصل { $count } تقرير من هذا النوع
 }، ولا تُحتسب. اسأل من يشغّل البوابة؛ وإن لم يعرف السبب فغيّر إعداداتها هنا، فيصبح لها عنوان سري آخر.
send-none-title = لا بوابة بعد
send-none-text = تنقل البوابة الرسائل إلى الهواتف أو صناديق البريد أو البرامج. من دونها تبقى التنبيهات على الموقع والورق فقط.
send-gateways = البوابات
send-gateway = البوابة
send-state = الحالة
send-lately = الدقيقة الأخيرة
send-taken = ما أخذته حتى الآن
send-cost = التكلفة حتى الآن
send-queue = ما ينتظر
send-way = الطريقة
send-waiting = في الانتظار
send-due = المحاولة التالية لأقدمها
send-late = متأخر
send-alerts = آخر التنبيهات المرسلة
send-alert = التنبيه
send-number = رقم { $number }
send-released = صدر
send-messages = الرسائل
send-handed = سُلّمت
send-delivered = وصلت
send-failed = فشلت
send-doubtful = غير مؤكدة
send-overtaken = تجاوزها غيرها
send-reasons = لماذا فشلت رسائل
send-why = لماذا، وما العمل
send-inbound = الرسائل الواردة
send-inbound-text = خلال سبعة أيام وردت { $codes } رسالة تحمل رمزًا و{ $others } غيرها. تُحفظ نصوصها مختومة سبعة أيام ولا تُنشر أبدًا.
send-per-node = تسري المعدلات والاتصالات على كل خادم في هذا التثبيت.
send-exercise = تمرين
send-test = اختبار
send-kind-sms-kannel = رسائل SMS عبر Kannel
send-kind-sms-json = رسائل SMS عبر واجهة مزوّد
send-kind-smtp = البريد الإلكتروني
send-kind-webhook = رسائل إلى برامج
send-about-sms-kannel = بوابة Kannel خاصة بك أو بشركة الاتصالات.
send-about-sms-json = شركة ترسل رسائل SMS ولها عنوان يُرسل إليه نص JSON صغير.
send-about-smtp = خادم بريد. تُرفق ملفات التنبيه الموقّعة بكل رسالة.
send-about-webhook = برنامج لجهة أخرى، مثل غرفة أخبار أو نظام للشرطة، يُبلَّغ بكل تنبيه.
send-way-sms = رسائل SMS
send-way-email = البريد الإلكتروني
send-way-webhook = البرامج
send-state-off = غير مستخدمة
send-state-paused = لا تأخذ شيئًا، ستُعاد المحاولة
send-state-failing = تُعاد المحاولة الآن
send-state-unused = لم يُسلَّم إليها شيء بعد
send-state-works = تعمل
send-rate = { $count ->
    [one] رسالة واحدة
    [two] رسالتان
    [few] { $count } رسائل
    [many] { $count } رسالة
   *[other] { $count } رسالة
 } في الثانية كحد أقصى
send-rate-free = بقدر ما تأخذه
send-reason-address = الرقم أو العنوان خاطئ. صحّح جهة الاتصال.
send-reason-refused = البوابة ترفض هذه الرسالة. اسأل من يشغّلها، أو اتصل بالمركز هاتفيًا.
send-reason-busy = تطلب البوابة التمهل. تُعاد المحاولة تلقائيًا، وقد يفيد معدل أقل.
send-reason-login = لا تقبل البوابة بيانات الدخول. غيّر المستخدم وكلمة المرور.
send-reason-certificate = شهادة البوابة غير صالحة، فلم يُرسل شيء. اسأل من يشغّلها.
send-reason-private = البوابة ليست على الإنترنت العام أو بلا تشفير، وهذا التثبيت لا يسمح بذلك.
send-reason-no-host = لا يوجد خادم بهذا الاسم. تحقق من العنوان.
send-reason-unreachable = لا أحد يجيب على هذا العنوان. تُعاد المحاولة تلقائيًا.
send-reason-slow = لم يصل جواب في الوقت المحدد.
send-reason-status = أجابت البوابة بخطأ. تُعاد المحاولة تلقائيًا؛ والرسالة التي ربما قبلتها لا تُرسل إلا مرة أخرى واحدة.
send-reason-answer = تقول البوابة في جوابها إنها لم تأخذ الرسالة. تُعاد المحاولة حتى ينتهي التنبيه.
send-reason-too-large = أجابت البوابة بأكثر مما يمكن أن يكون جوابًا. ليست هي البوابة المقصودة أو أنها معطلة.
send-reason-cut-off = انقطع الاتصال قبل اكتمال الجواب.
send-reason-redirect = تحيلنا البوابة إلى خادم آخر، ولا نتبع ذلك: أدخل العنوان الصحيح.
send-reason-uncertain = لا أحد يعرف هل وصلت إلى البوابة: لم يصل جواب مرتين أو كان خطأ. اتصل بالمركز هاتفيًا.
send-reason-undelivered = لم تستطع شبكة الهاتف إيصالها. تحقق من الرقم ومن أن الهاتف يعمل.
send-reason-sealed = لا يمكن فتح بيانات الدخول أو العنوان هنا: لهذا الخادم مفتاح آخر. أعد إعداد البوابة.
send-new-title = إعداد بوابة
send-new-answer = بأي طريقة تُرسل الرسائل؟
send-form-answer = يُحفظ العنوان وبيانات الدخول مختومة، ولا تُعرض ثانية ولا يُسجل منها شيء.
send-change-answer = من الآن تتلقى البوابة الرسائل بهذه الإعدادات وتُبلغ إلى عنوان سري آخر.
send-part-where = أين هي
send-part-login = كيف نعرّف بأنفسنا
send-part-limits = بأي سرعة وبأي ثمن
send-field-kind = النوع
send-field-host = خادم البريد
send-field-host-hint = اسمه، مثل mail.example.org.
send-field-port = المنفذ
send-field-tls = التشفير
send-tls-starttls = STARTTLS، عادة المنفذ 587
send-tls-tls = TLS، عادة المنفذ 465
send-tls-nothing = بلا تشفير: داخل شبكتك فقط
send-field-from = من
send-field-from-hint = العنوان الذي يراه المتلقون.
send-field-address = العنوان
send-field-address-hint = كما يعطيه المزوّد، ويبدأ بـ https://.
send-field-webhook-hint = برنامج يُبلَّغ بكل تنبيه. اتركه فارغًا إن كانت البرامج لدى جهات الاتصال فقط.
send-field-sender = المرسل
send-field-sender-hint = عشرون حرفًا أو رقمًا كحد أقصى؛ تستبدله بعض الشبكات. يجوز تركه فارغًا.
send-field-post = إرسال المستخدم وكلمة المرور في الترويسات
send-field-post-hint = عندها لا تظهر في أي سجل للعناوين. يتطلب بوابة تقبل POST.
send-answer-no = لا
send-answer-yes = نعم
send-field-template = ما يُرسل
send-field-template-hint = نص JSON. تُستبدل فيه {"{"}to{"}"} و{"{"}text{"}"} و{"{"}reference{"}"} و{"{"}callback{"}"}؛ والأولان لازمان.
send-field-ok-at = أين يقول الجواب إنها أُخذت
send-field-ok-at-hint = مؤشر JSON مثل ‎/messages/0/status؛ يُترك فارغًا إن كانت حالة الجواب تكفي.
send-field-ok-is = ما يُكتب هناك عندئذ
send-field-id-at = أين يضع الجواب رقمه للرسالة
send-field-id-at-hint = مؤشر JSON؛ يلزم إن كانت التقارير تذكر ذلك الرقم. يجوز تركه فارغًا.
send-field-repeats = هل تتعرف على مرجع أُعطي لها من قبل؟
send-field-repeats-hint = بوعد من المزوّد فقط: عندها يمكن تكرار الرسالة دون أن تصل مرتين.
send-secret-stays = كلمة المرور أو المفتاح المتروك فارغًا يبقى كما هو؛ ولخادم آخر أو عنوان آخر يجب إعطاؤه من جديد.
send-field-key = مفتاح التوقيع
send-field-key-hint = ستة عشر حرفًا على الأقل يعرفها البرنامج أيضًا. طريقة استخدامه في المرجع.
send-field-header = الترويسة
send-field-header-hint = اسم الترويسة التي تحمل بيانات الدخول. فارغ: لا شيء.
send-field-secret = قيمة الترويسة
send-field-user = المستخدم
send-field-password = كلمة المرور
send-field-rate = رسائل في الثانية
send-field-rate-hint = كما في العقد. 0: بقدر ما تأخذه.
send-field-connections = اتصالات في آن واحد
send-field-connections-hint = من 1 إلى 256.
send-field-price = ثمن الجزء الواحد
send-field-price-hint = مثل 0.035. للرسالة الطويلة عدة أجزاء. يجوز تركه فارغًا.
send-field-currency = العملة
send-field-currency-hint = ثلاثة أحرف مثل EUR.
send-field-callback = العنوان الذي تصل به إلى هذا الخادم
send-field-callback-hint = فقط إن لم يكن عنوان الموقع. يجوز تركه فارغًا.
send-field-name = الاسم
send-field-name-hint = ما تسميها به. وإلا فاسم الخادم.
send-consequence-title = ما يحدث بعد ذلك
send-consequence = من الآن يمر كل تنبيه يصدر عبر هذه البوابة، والتمارين والاختبارات أيضًا: تبدأ كل رسالة منها بتلك الكلمة.
send-record = أن بوابة من هذا النوع أُعدّت، ومن أعدّها ومتى. لا عنوانها ولا بيانات دخولها.
send-act-set-up = إعداد
send-act-change = تغيير
send-cancel = إلغاء
send-door-title = شيء واحد للبوابة
send-door-answer = أُعدّت البوابة. أعطِ هذا العنوان لمن يشغّلها: إليه تذهب الرسائل الواردة.
send-door-address = عنوان سري للرسائل والتقارير
send-door-secret = من يعرفه يستطيع الادعاء أن الرسائل وصلت. إن تسرّب فغيّر البوابة هنا فتحصل على غيره.
send-door-kannel = لإعدادات Kannel
send-door-kannel-text = تصل الرسائل الواردة إلى هذا الخادم بخدمة كهذه:
send-door-kannel-reports = لا تحتاج التقارير إلى إعداد: كل رسالة تحمل عنوانها. اجعل Kannel يكررها حين يغيب هذا الخادم (http-request-retry وhttp-queue-delay).
send-door-json = التقارير: ref أو id مع رقم الرسالة، وstatus مع كلمة مثل delivered أو failed. الرسائل الواردة: from وtext. كمعاملات أو نموذج أو JSON.
send-door-go-on = حفظته
send-one-off = هذه البوابة غير مستخدمة.
send-one-failing = لا تأخذ هذه البوابة شيئًا الآن. ما ينتظر لا يضيع.
send-one-unused = لم يُسلَّم شيء إلى هذه البوابة بعد. أرسل رسالة اختبار.
send-one-works = هذه البوابة تأخذ الرسائل.
send-fact-server = الخادم
send-fact-login = بيانات الدخول
send-login-kept = محفوظة مختومة ولا تُعرض
send-tested-title = أخذت البوابة رسالة الاختبار
send-tested = تحقق من وصولها. تبدأ بكلمة اختبار.
send-tested-not = لم تُرسل رسالة الاختبار
send-trouble = لا تأخذ شيئًا الآن
send-since = منذ
send-next = تُعاد المحاولة في
send-false-reports = تقارير كاذبة
send-try = جرّبها
send-try-text = تُرسل رسالة واحدة فورًا إلى عنوان واحد. تبدأ بكلمة اختبار ولا تطلب من أحد شيئًا.
send-field-to = إلى
send-field-to-hint = رقم هاتف مع رمز البلد، أو عنوان بريد، أو عنوان برنامج. لا يُحفظ.
send-field-language = اللغة
send-act-test = إرسال رسالة اختبار
send-change = تغيير أو إيقاف
send-act-edit = تغيير الإعدادات
send-act-off = إيقاف الاستخدام
send-act-on = استخدامها من جديد
send-remove = إزالة
send-remove-title = إزالة البوابة
send-remove-answer = لن تتلقى { $name } أي رسالة أخرى، وتُحذف بيانات دخولها.
send-remove-consequence = ما ينتظر يُرسل عبر بوابة أخرى من النوع نفسه أو يبقى حتى توجد. التقارير اللاحقة لا تُقبل.
send-record-remove = أن بوابة من هذا النوع أُزيلت، ومن أزالها ومتى.
send-alert-title = إلى أين وصل الإرسال
send-alert-not-begun = لم يبدأ الإرسال بعد؛ يبدأ خلال ثوانٍ من الإصدار.
send-alert-nobody = لا أحد يُبلَّغ برسالة: لا جهات اتصال للمناطق، أو كان التنبيه قد انتهى.
send-alert-goes = سُلّمت { $handed } من { $total } رسالة؛ والباقي في الطريق.
send-alert-done = سُلّمت { $handed } من { $total } رسالة؛ ولا يُرسل المزيد تلقائيًا.
send-progress = الرسائل المحسومة
send-unreached = مراكز بلا عنوان
send-unreached-text = { $count } مركز اقتراع في هذه المناطق بلا رقم أو عنوان للرسائل. أبلغها هاتفيًا أو برسول، وأضف جهات اتصال.
send-by-way = بحسب الطريقة
send-explain = سُلّمت: لدى البوابة. وصلت: تقول البوابة إنها بلغت الهاتف، لا أن أحدًا قرأها. غير مؤكدة: لم يصل جواب وقد يحسمها تقرير. تجاوزها غيرها: حُدّث التنبيه أو سُحب أو انتهى قبل إرسالها.
send-failures = الرسائل الفاشلة
send-failures-text = لا يتلقى هؤلاء التنبيه بهذه الطريقة. تُعرض من العناوين آخر رموزها فقط.
send-failures-more = وفشلت { $count } أخرى.
send-who = لمن
send-address = العنوان
send-tries = المحاولات
send-by-area = بحسب المنطقة
send-area = المنطقة
