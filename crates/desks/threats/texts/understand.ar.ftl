# صورة لما يرتبط بعضه ببعض
understand-home = تبادل التهديدات
understand-graph-title = ما يرتبط بـ { $name }
understand-graph-description = { $objects } من العناصر و{ $connections } من الروابط، في أعمدة من الفاعل إلى ما يمكن رؤيته.
understand-graph-answer = { $count ->
    [one] عنصر واحد مرتبط به، في حدود ما يحق لمنظمتكم رؤيته.
    [two] عنصران مرتبطان به، في حدود ما يحق لمنظمتكم رؤيته.
   *[other] { $count } من العناصر مرتبطة به، في حدود ما يحق لمنظمتكم رؤيته.
 }
understand-graph-alone = لا شيء مما يحق لمنظمتكم رؤيته مرتبط به بعد.
understand-graph-read = تُقرأ من جانب إلى آخر: من، وماذا يفعلون، وبماذا، وما الذي يمكن رؤيته
understand-graph-how = كل مربع عنصر جرت مشاركته هنا ويقود إلى صفحته. والأسهم تبيّن كيف يرتبط عنصران.
understand-graph-region = الصورة؛ يمكن تحريكها جانبًا
understand-graph-table = الروابط في جدول
understand-how-far = إلى أي مدى
understand-steps = { $count ->
    [one] خطوة واحدة
    [two] خطوتان
   *[other] { $count } خطوات
 }
understand-left-out = { $count ->
    [one] عنصر آخر قريب لا يظهر في الصورة.
    [two] عنصران آخران قريبان لا يظهران في الصورة.
   *[other] { $count } من العناصر الأخرى القريبة لا تظهر في الصورة.
 }
understand-left-out-hint = اختاروا خطوات أقل، أو افتحوا أحد المربعات وانظروا إلى الصورة من هناك.
understand-missing = { $count ->
    [one] عنصر مذكور هنا ليس ضمن ما لدى منظمتكم.
    [two] عنصران مذكوران هنا ليسا ضمن ما لدى منظمتكم.
   *[other] { $count } من العناصر المذكورة هنا ليست ضمن ما لدى منظمتكم.
 }
understand-unsaid = { $count ->
    [one] سهم واحد لا يتسع لكلمته؛ تجدونها في الجدول.
    [two] سهمان لا يتسعان لكلمتيهما؛ تجدونهما في الجدول.
   *[other] { $count } من الأسهم لا تتسع لكلماتها؛ تجدونها في الجدول.
 }
understand-connections = الروابط
understand-from = من
understand-connection = الرابط
understand-to = إلى
understand-says = من يقول ذلك
understand-sure = درجة التأكد (0 إلى 100)
understand-not-said = غير مذكور
understand-objects = العناصر
understand-what = ما هو
understand-name = الاسم
understand-state = الحالة
understand-label = الوسم
understand-by = شاركه
understand-shared = تاريخ المشاركة
understand-to-timeline = عرضه عبر الزمن
understand-to-graph = عرض ما يرتبط به
understand-column-who = من
understand-column-what = ماذا يفعلون
understand-column-how = بماذا
understand-column-signs = ما يمكن رؤيته
understand-kind-attack-pattern = أسلوب هجوم
understand-kind-campaign = حملة
understand-kind-course-of-action = علاج
understand-kind-grouping = مجموعة عناصر
understand-kind-identity = منظمة
understand-kind-incident = حادث
understand-kind-indicator = علامة تحذير
understand-kind-infrastructure = بنية تحتية
understand-kind-intrusion-set = جماعة
understand-kind-location = مكان
understand-kind-malware = برنامج خبيث
understand-kind-malware-analysis = تحليل برنامج خبيث
understand-kind-note = ملاحظة
understand-kind-observed-data = رصد
understand-kind-opinion = رأي
understand-kind-relationship = رابط
understand-kind-report = تقرير
understand-kind-sighting = مشاهدة
understand-kind-threat-actor = فاعل
understand-kind-tool = أداة
understand-kind-vulnerability = ثغرة
understand-kind-autonomous-system = شبكة
understand-kind-domain-name = اسم نطاق
understand-kind-email-addr = عنوان بريد إلكتروني
understand-kind-email-message = رسالة بريد إلكتروني
understand-kind-file = ملف
understand-kind-ipv4-addr = عنوان IP
understand-kind-ipv6-addr = عنوان IP
understand-kind-url = عنوان ويب
understand-link-attributed-to = يُنسب إلى
understand-link-based-on = مبني على
understand-link-beacons-to = يتصل بـ
understand-link-belongs-to-ref = ينتمي إلى
understand-link-compromises = يخترق
understand-link-communicates-with = يتواصل مع
understand-link-consists-of = يتكون من
understand-link-controls = يتحكم في
understand-link-delivers = يوصل
understand-link-derived-from = مأخوذ من
understand-link-drops = يترك
understand-link-duplicate-of = مطابق لـ
understand-link-exploits = يستغل
understand-link-hosts = يستضيف
understand-link-impersonates = ينتحل صفة
understand-link-indicates = يشير إلى
understand-link-located-at = يقع في
understand-link-mitigates = يساعد ضد
understand-link-object-refs = يتناول
understand-link-observed-data-refs = يُظهره
understand-link-originates-from = يأتي من
understand-link-owns = يملك
understand-link-related-to = مرتبط بـ
understand-link-resolves-to-refs = يقود إلى
understand-link-sample-refs = عيّنة
understand-link-sighting-of-ref = مشاهدة لـ
understand-link-targets = يستهدف
understand-link-uses = يستخدم
understand-link-variant-of = نوع من
understand-link-where-sighted-refs = شاهدته
# ما قيمة علامة التحذير الآن
understand-state-not-yet = لم تسرِ بعد
understand-state-valid = سارية
understand-state-doubted = موضع شك
understand-state-expired = منتهية
understand-state-revoked = مسحوبة
understand-state-ended = كانت سارية حتى { $date }.
understand-state-until = سارية حتى { $date }.
understand-state-no-end = لم تُذكر نهاية.
understand-state-seen = { $count ->
    [one] شوهدت مرة واحدة، في { $date }.
    [two] شوهدت مرتين، آخرهما في { $date }.
   *[other] شوهدت { $count } مرات، آخرها في { $date }.
 }
understand-state-opinions = الموافقون: { $agree }، وغير الموافقين: { $disagree }.
# ما حدث ومتى، وإلى من يُنسب
understand-timeline-title = { $name } عبر الزمن
understand-timeline-description = { $count } من المسارات من { $from } إلى { $to }.
understand-timeline-answer = { $count } من العناصر تذكر متى حدثت.
understand-timeline-read = ما حدث ومتى، ومتى جرت مشاركته هنا
understand-timeline-how = يمتد الشريط من أول وقت مذكور إلى آخره؛ وإن لم تُذكر نهاية استمر. والحلقة هي لحظة المشاركة هنا.
understand-timeline-table = الشيء نفسه في جدول
understand-timeline-left-out = ليس لها مسار هنا.
understand-time = ما هي هذه الأوقات
understand-time-from = من
understand-time-until = إلى
understand-time-seen = أول مشاهدة وآخرها
understand-time-valid = تسري
understand-time-published = نُشر
understand-behind = إلى من يُنسب
understand-behind-actor = من يُظن أنه وراءهم
understand-behind-nobody = لم يقل أحد هنا من يقف وراءه.
understand-behind-one = هناك جواب واحد عمّن يقف وراءه ولم يعترض أحد هنا. وهذا لا يثبته.
understand-behind-disputed = لم يُحسم من يقف وراءه: هناك جواب واحد، وهناك من لا يوافق.
understand-behind-several = لم يُحسم من يقف وراءه: هناك { $count } أجوبة.
understand-behind-hint = يُذكر مع كل جواب صاحبه. ولا شيء هنا يحسم بينها.
understand-sure-of = درجة التأكد: { $sure } من 100
understand-sure-not-said = لم تُذكر درجة التأكد
understand-opinion-strongly-agree = موافق بشدة
understand-opinion-agree = موافق
understand-opinion-neutral = محايد
understand-opinion-disagree = غير موافق
understand-opinion-strongly-disagree = غير موافق بشدة
understand-actor-answer = الحملات المنسوبة إليهم: { $campaigns }. مشاهدات ما يخصهم في آخر 12 شهرًا: { $total }.
understand-campaigns = الحملات
understand-campaigns-none = لا حملة منسوبة إليهم هنا.
understand-means = ما يستخدمونه
understand-means-none = لم يُذكر هنا ما يستخدمونه.
understand-first = أول مشاهدة
understand-last = آخر مشاهدة
understand-month = الشهر
understand-sightings = المشاهدات
understand-sightings-title = المشاهدات في آخر 12 شهرًا: { $count }
understand-sightings-description = مشاهدات ما يرتبط بـ { $name } شهرًا بشهر.
understand-sightings-how = تُحسب حسب الشهر الذي بدأت فيه كل مشاهدة، كما أبلغ عنها الأعضاء.
understand-month-1 = يناير
understand-month-2 = فبراير
understand-month-3 = مارس
understand-month-4 = أبريل
understand-month-5 = مايو
understand-month-6 = يونيو
understand-month-7 = يوليو
understand-month-8 = أغسطس
understand-month-9 = سبتمبر
understand-month-10 = أكتوبر
understand-month-11 = نوفمبر
understand-month-12 = ديسمبر
# ما يمس منظمة القارئ
understand-assets-answer = { $count ->
    [one] شيء واحد مما جرت مشاركته معكم يتناول ما تراقبونه.
    [two] شيئان مما جرت مشاركته معكم يتناولان ما تراقبونه.
   *[other] { $count } مما جرت مشاركته معكم يتناول ما تراقبونه.
 } الجديد في آخر سبعة أيام: { $fresh }.
understand-assets-title = ما يمسّنا
understand-assets-nothing = اذكروا ما يخص منظمتكم، لتروا هنا متى تناوله شيء مما جرت مشاركته.
understand-assets-none = لا شيء مما جرت مشاركته معكم يتناول ما تراقبونه.
understand-assets-list = ما تراقبونه
understand-assets-changed = آخر تغيير:
understand-assets-field = اسم أو عنوان أو ملف واحد في كل سطر
understand-assets-hint = { $count } سطر على الأكثر. لا يرى هذه القائمة أحد غير منظمتكم.
understand-assets-forms = ما الذي يمكن كتابته في السطر
understand-form-domain = اسم نطاق، مع كل الأسماء التي تحته
understand-form-addresses = عنوان أو مدى من العناوين
understand-form-mail = كل عناوين البريد الإلكتروني هناك
understand-form-system = رقم شبكة
understand-form-hash = بصمة ملف
understand-form-name = اسم كما يرد في النصوص
understand-assets-record = تُسجَّل القائمة مع الدفعة التالية مختومة: لا يُظهر السجل العام لمن هي ولا ما فيها.
understand-assets-keep = مراقبة هذه
understand-assets-ask = يمكن لمدير أو مشرف أو موظف في منظمتكم كتابة القائمة.
understand-assets-waits = قائمتكم في الطريق.
understand-assets-waits-text = تؤخذ مع الدفعة التالية خلال { $seconds } ثانية.
understand-assets-wrong = السطر { $line }، «{ $text }»: { $why }
understand-assets-more-wrong = { $count } من الأسطر الأخرى لا يمكن قراءتها.
understand-asset-too-long = طويل جدًا؛ في السطر 1000 حرف على الأكثر.
understand-asset-address = ليس عنوانًا ولا مدى؛ اكتبوا 192.0.2.7 أو 192.0.2.0/24.
understand-asset-domain = ليس اسم نطاق؛ اكتبوا vote.example دون مسافات.
understand-asset-email = ليس عنوان بريد إلكتروني؛ اكتبوا info@vote.example أو @vote.example.
understand-asset-hash = ليست بصمة ملف؛ فيها 32 أو 40 أو 56 أو 64 أو 96 أو 128 من الأرقام والحروف من a إلى f.
understand-asset-system = ليس رقم شبكة؛ اكتبوا AS64500.
understand-asset-name = في الاسم ثلاثة أحرف على الأقل واثنتا عشرة كلمة على الأكثر.
understand-hits = ما يمسّكم، الأحدث أولًا
understand-hits-shown = يُعرض { $shown } من { $total }.
understand-hits-end = يختفي السطر عندما تنتهي علامة التحذير أو تُسحب.
understand-hit-what = ما جرت مشاركته
understand-hit-yours = ما يخصكم، ولماذا
understand-hit-todo = ما العمل
understand-hit-when = معروف منذ
understand-hit-new = جديد
understand-hit-same = يرد بذاته
understand-hit-below = اسم تحته
understand-hit-within = عنوان داخله
understand-hit-around = مدى أكبر يضمّه
understand-hit-mentioned = مذكور في نص
understand-hit-matched = ينطبق عليه نمط عام
understand-todo-own = تحققوا اليوم هل استولى عليه أحد: انظروا في سجلاته ومن يستطيع تغييره. وإن كانت العلامة خطأ فاعترضوا في صفحتها حتى لا يحجبكم أحد.
understand-todo-around = قد يحجب آخرون مدى أنتم ضمنه. اطلبوا ممن شاركه تضييقه.
understand-todo-matched = النمط واسع وقد يعني شيئًا آخر. اقرؤوه، واعترضوا في صفحته إن أصابكم خطأً.
understand-todo-mentioned = اقرؤوا ما قيل. أضيفوا ما تعرفونه، أو بيّنوا في صفحته ما هو خطأ.
# أسماء تشبه أسماء المرء
understand-form-allow = اسم يشبه اسمكم ولا بأس به
understand-names-title = أسماء تشبه أسماءنا
understand-names-nothing = اكتبوا أولًا نطاقاتكم وأسماءكم، ثم يمكن مقارنة الأسماء الجديدة بها.
understand-names-write = كتابتها
understand-names-ready = الصقوا أسماء جديدة؛ تُقارن بـ { $count } من أسمائكم.
understand-names-answer = { $total } من { $count } اسمًا تشبه أسماءكم.
understand-names-found = أسماء تشبه أسماءكم، الأشبه أولًا
understand-names-name = الاسم
understand-names-like = يشبه
understand-names-score = إلى أي حد، من 0 إلى 100
understand-names-why = لماذا
understand-names-shown = يرى الناس
understand-names-very = شبيه جدًا
understand-names-much = شبيه
understand-names-some = شبيه بعض الشيء
understand-names-not-proof = قد يكون الاسم الذي يشبه اسمكم غير ضار. انظروا ماذا يعرض ومن سجّله قبل مشاركته.
understand-names-share = مشاركتها كعلامات تحذير
understand-names-share-these = أسماء للمشاركة؛ احذفوا ما هو غير ضار
understand-names-share-with = متابعة: المشاركة مع { $name }
understand-names-no-names = أسطر ليست أسماء: { $count }.
understand-names-field = أسماء، واحد في كل سطر
understand-names-hint = مثلًا من قائمة تسجيلات جديدة. لا يُسجَّل شيء ولا يراها غيركم.
understand-names-too-many = { $count } اسم على الأكثر في المرة الواحدة: الصقوا أقل.
understand-names-check = مقارنة
understand-names-protected = بماذا تُقارن
understand-names-allowed = أسماء لا بأس بها
understand-names-change = تغيير هذه القائمة
understand-reason-skeleton = حروف أخرى تبدو متطابقة: { $text }
understand-reason-letters = علامات أو حروف من كتابة أخرى: { $text }
understand-reason-shapes = حروف بالشكل نفسه، مثل 1 بدل l: { $text }
understand-reason-repetition = حرف مكرر: { $text }
understand-reason-insertion = حرف زائد: { $text }
understand-reason-omission = حرف ناقص: { $text }
understand-reason-transposition = حرفان تبادلا مكانيهما: { $text }
understand-reason-vowel = حرف علة آخر: { $text }
understand-reason-bit = حرف يختلف في بت واحد: { $text }
understand-reason-replacement = حرف آخر: { $text }
understand-reason-several = عدة حروف تختلف: { $text }
understand-reason-joints = نقاط أو شرطات في موضع آخر: { $text }
understand-reason-suffix = الاسم نفسه بالنهاية { $suffix } بدل { $own }
understand-reason-suffix-written = نهايتكم مكتوبة داخل الاسم: { $text }
understand-reason-reversed = نهايتكم في المقدمة: { $text }
understand-reason-in-front = اسمكم كاملًا أمام نطاق لغيركم: { $text }
understand-reason-part = اسمكم جزء منه: { $text }
understand-reason-within = اسمكم ملتصق بشيء آخر: { $text }
understand-reason-whole-word = الكلمة المحميّة «{ $text }» هي كلّ ما سُجِّل.
understand-reason-registrable = الجزء الرئيسي من اسمكم: { $text }
understand-reason-election = كلمات انتخابية بجانبه: { $text }
understand-reason-official = كلمات توحي بالرسمية: { $text }
understand-reason-year = سنة: { $text }
understand-reason-scripts = كتابات مختلطة: { $text }
understand-reason-punycode = جزء لا يمكن عرضه كما يدّعي: { $text }
understand-reason-not-allowed = جزء فيه حروف لا يجوز لأي اسم: { $text }
understand-reason-hyphen = جزء يبدأ أو ينتهي بشرطة: { $text }
understand-link-graph = ما يتّصل به في صورة
understand-link-timeline = مساره عبر الزمن
understand-task-hits = مُسّ ما تراقبه: { $count }
understand-task-hits-hint = انظر ما الذي يمسّه وما العمل
understand-hit-alike = يشبهه
understand-todo-alike = انظروا ما يعرضه دون تسجيل الدخول فيه، واطلبوا إزالته. وإن كان غير ضار فضعوه في قائمة أسمائكم السليمة.
