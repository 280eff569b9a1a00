# سجلات الشهادات التي يتابعها الخادم
certs-title = سجلات الشهادات
certs-none = لا يُتابَع أي سجل شهادات بعد.
certs-answer = { $count ->
    [zero] لا يُتابَع أي سجل شهادات.
    [one] يُتابَع سجل شهادات واحد.
    [two] يُتابَع سجلّا شهادات.
    [few] تُتابَع { $count } سجلات شهادات.
    [many] يُتابَع { $count } سجل شهادات.
   *[other] يُتابَع { $count } سجل شهادات.
 } لم يناقض أيٌّ منها نفسه.
certs-answer-stopped = { $count ->
    [zero] لم يُوقَف أي سجل شهادات.
    [one] أُوقِف سجل شهادات واحد: ما يعرضه لا يمكن أن يكون صحيحًا.
    [two] أُوقِف سجلّا شهادات: ما يعرضانه لا يمكن أن يكون صحيحًا.
    [few] أُوقِفت { $count } سجلات شهادات: ما تعرضه لا يمكن أن يكون صحيحًا.
    [many] أُوقِف { $count } سجل شهادات: ما تعرضه لا يمكن أن يكون صحيحًا.
   *[other] أُوقِف { $count } سجل شهادات: ما تعرضه لا يمكن أن يكون صحيحًا.
 }
certs-new = متابعة سجل
certs-log = السجل
certs-state = الحالة
certs-read = القيود المفحوصة
certs-checked = آخر فحص كامل
certs-read-of = { $read } من { $size }
certs-read-of-long = فُحِص أو تُجُووِز { $read } من { $size } قيدًا.
certs-nothing-yet = لا شيء بعد
certs-nothing-yet-long = لم يُفحَص شيء بعد.
certs-never = ليس بعد
certs-state-stopped = موقوف
certs-state-off = مطفأ
certs-state-trouble = لا يجيب
certs-state-new = يبدأ قريبًا
certs-state-reading = يلحق بالجديد
certs-state-read = محدَّث
certs-what = ما فائدة هذا
certs-what-text = من يريد أن يثق الزوار بموقع يحتاج إلى شهادة، والشهادات تُقيَّد في سجلات عامة. وكثيرًا ما تظهر نسخة من موقعكم باسم مشابه هناك أولًا، قبل أن تصل إلى أحد رسالة تقود إليها. يقرأ الخادم هذه السجلات ويخبر كل جهة بالأسماء الجديدة التي تشبه أسماءها.
certs-what-checked = لا يُصدَّق شيء دون تحقق: توقيع السجل، وأنه لا يفعل إلا أن يكبر، وأن كل قيد ينتمي إلى ما وُقِّع. والسجل الذي يناقض نفسه يُوقَف، ويُحتفَظ بقوليه كليهما.
certs-who = المدير هو من يحدد السجلات التي تُتابَع.
# سجل جديد
certs-new-answer = ينشر مشغّل السجل عنوانه ومفتاحه العام. كلاهما مطلوب.
certs-field-name = الاسم
certs-field-name-hint = كما يسميه الناس هنا، مع السنوات التي يشملها
certs-field-kind = الصيغة
certs-field-kind-hint = مشغّل السجل يذكر أيهما.
certs-kind-rfc6962 = تقليدية (RFC 6962)
certs-kind-static = ملفات ثابتة (static-ct-api)
certs-field-url = العنوان الذي يُقرأ منه
certs-field-url-hint = يبدأ بـ https://. وللملفات الثابتة بادئة المراقبة.
certs-field-origin = الاسم في نقاط التحقق
certs-field-origin-hint = للملفات الثابتة فقط: بادئة الإيداع دون https:// ودون شرطة في آخرها. فارغ: العنوان.
certs-field-key = المفتاح العام
certs-field-key-hint = بصيغة base64 كما في قوائم السجلات. ما لم يوقّعه هذا المفتاح لا يُصدَّق.
certs-field-begin = البداية
certs-field-begin-hint = في السجل الكبير مليارات القيود، وقراءتها كلها تستغرق أسابيع.
certs-begin-now = بما يُقيَّد من الآن فصاعدًا
certs-begin-entry = بالقيد الذي يحمل هذا الرقم
certs-field-entry = رقم القيد
certs-follow = متابعته
# سجل واحد
certs-about = عن هذا السجل
certs-id = بصمة مفتاحه
certs-head-newest = أحدث أقواله الموقَّعة
certs-unreadable = شهادات تعذّرت قراءتها
certs-added = يُتابَع منذ
certs-turn-off = إيقاف المتابعة
certs-turn-on = استئناف المتابعة
certs-trouble = لم يأتِ آخر فحص بنتيجة
certs-trouble-text = فحوص متتالية بلا نتيجة: { $count }. يحاول الخادم من تلقاء نفسه مجددًا بعد فترات تطول شيئًا فشيئًا.
certs-old = السجل صامت
certs-old-text = مضى على أحدث أقواله الموقَّعة أكثر من يومين. تعد السجلات بتقييد الشهادات خلال يوم.
certs-stopped-since = لا يُقرأ منه شيء منذ
certs-heads = ما قاله السجل
certs-head = القول
certs-head-size = القيود
certs-head-at = وُقِّع في
certs-head-root = بصمة الكل
certs-head-first = قبل
certs-head-second = بعد
certs-evidence = دليل لتسليمه (القولان مع توقيعيهما، JSON)
certs-words = تفاصيل للمتخصصين
certs-alarm-split-view = وقّع السجل محتويين مختلفين بالحجم نفسه
certs-alarm-split-view-text = إنه يعرض أشياء مختلفة لأشخاص مختلفين. والقولان يحملان توقيعه: هذا دليل، ويمكن لأي شخص التحقق منه. أبلغوا مشغّل السجل ومن يعتمدون عليه.
certs-alarm-rollback = سحب السجل قيودًا
certs-alarm-rollback-text = قول لاحق يشمل قيودًا أقل من قول سابق. وكلاهما يحمل توقيعه: هذا دليل. لا يجوز للسجل أن ينسى شيئًا أبدًا.
certs-alarm-inconsistent = لا يستطيع السجل أن يُثبت أنه لم يفعل إلا أن كبر
certs-alarm-inconsistent-text = سُئل مرات عدة ولم يُعطِ دليلًا صحيحًا على أن محتواه الجديد يتضمن القديم. وقد يكون السبب أحدًا بين السجل وهذا الخادم: اسألوه من مكان آخر قبل اتهامه.
certs-alarm-entries = القيود ليست التي وقّعها السجل
certs-alarm-entries-text = سُئل مرات عدة وأعطى قيودًا لا تنتمي إلى ما وقّعه. لم يُصدَّق أيٌّ منها. وقد يكون السبب أحدًا بين السجل وهذا الخادم.
certs-alarm-signature = توقيع السجل غير صحيح
certs-alarm-signature-text = سُئل مرات عدة وعرض قولًا لم يوقّعه مفتاحه. ربما يجيب غيره مكانه، أو كُتب مفتاحه خطأ.
certs-field-decision = ماذا يُفعَل به؟
certs-field-decision-hint = راسلوا مشغّل السجل أولًا. يبقى الدليل أيًا كان قراركم.
certs-decide-go-on = المواصلة من حيث توقفت القراءة؛ وعلى السجل أن يوافق ما قاله من قبل
certs-decide-anew = البدء من جديد بما يعرضه السجل من الآن فصاعدًا
certs-decide-off = التوقف عن متابعته
certs-field-reason = السبب
certs-field-reason-hint = يستطيع كل من يعمل هنا قراءته.
certs-decide = اتخاذ القرار
certs-ask-administrator = يقرر مدير كيف يستمر الأمر.
certs-decided = قرارات سابقة
certs-decision-go-on = استمرت القراءة من حيث توقفت.
certs-decision-anew = بدأت القراءة من جديد.
certs-decision-off = لم يعد يُتابَع.
# أسماء عُثر عليها
certs-found = عُثر عليها في سجلات الشهادات
certs-found-none = لا شيء يشبه أسماءكم في { $count ->
    [zero] سجلات الشهادات
    [one] سجل الشهادات الذي يُتابَع
    [two] سجلَّي الشهادات اللذين يُتابَعان
    [few] سجلات الشهادات التي تُتابَع وعددها { $count }
    [many] سجلات الشهادات التي تُتابَع وعددها { $count }
   *[other] سجلات الشهادات التي تُتابَع وعددها { $count }
 }.
certs-found-no-logs = لا يُتابَع أي سجل شهادات: لا يُبحَث هناك عن الأسماء الجديدة.
certs-found-stopped = لا تُقرأ كل السجلات
certs-found-left-out = عُثر على أسماء أخرى عددها { $count } ولم تُحفَظ لكثرتها؛ وما ذهب هو الأقل شبهًا بأسمائكم.
certs-found-logs = ما السجلات التي تُتابَع، وإلى أين وصلت
certs-assets-answer = { $count ->
    [one] اسم واحد في سجلات الشهادات يشبه أسماءكم.
   *[other] أسماء في سجلات الشهادات تشبه أسماءكم: { $count }.
 } الجديد في الأيام السبعة الأخيرة: { $fresh }.
certs-assets-like = يشبه { $like }
certs-hit-answer = إنه يشبه { $like }: { $score } من 100.
certs-hit-evidence = أين عُثر عليه
certs-hit-found = عُثر عليه في
certs-hit-entry = القيد { $entry }
certs-hit-logged = قُيِّد في
certs-hit-issuer = أصدرها
certs-hit-valid = صالحة
certs-hit-fingerprint = SHA-256
certs-hit-certificates = قيود فيها هذا الاسم
certs-hit-share = مشاركته مع { $name }
certs-hit-share-words = ما ينبغي أن يعرفه الآخرون
certs-hit-share-go = مشاركته كمؤشر
certs-hit-fine = إنه سليم
certs-hit-fine-text = يصبح { $name } عندئذٍ في قائمة أسمائكم السليمة ولا يُبلَّغ عنه مجددًا.
certs-hit-dismiss = وضعه في القائمة
certs-share-words = هذا الاسم يشبه اسمنا. شهادة له أصدرها { $issuer } هي القيد { $entry } في سجل الشهادات { $log } (SHA-256 { $fingerprint }).
