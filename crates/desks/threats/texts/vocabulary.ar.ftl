# المعاجم وقوائم التحذير
vocabulary-title = المعاجم
vocabulary-answer = { $techniques ->
    [zero] لا طريقة هجوم لها اسم هنا
    [one] طريقة هجوم واحدة لها اسم هنا
    [two] طريقتا هجوم لهما اسمان هنا
    [few] { $techniques } طرق هجوم لها أسماء هنا
    [many] { $techniques } طريقة هجوم لها أسماء هنا
   *[other] { $techniques } طريقة هجوم لها أسماء هنا
 }، و{ $lists ->
    [one] قائمة واحدة تحذر
    [two] قائمتان تحذران
    [few] { $lists } قوائم تحذر
   *[other] { $lists } قائمة تحذر
 } قبل أن يُشارَك ما لا ينبغي لأحد أن يحجبه.
vocabulary-answer-none = لم يُستورد أي معجم بعد. بعض قوائم التحذير موجودة دائمًا.
vocabulary-words = كلمات يستعملها الجميع بالمعنى نفسه
vocabulary-words-none = ‏ATT&CK يسمي ما يفعله المهاجمون بالحواسيب، وDISARM ما يفعلونه بالآراء؛ ولمجرات MISP وتصنيفاتها كلمات أخرى. ناشروها يقدمونها ملفات.
vocabulary-name = الاسم
vocabulary-holds = ما فيه
vocabulary-version = الإصدار
vocabulary-unsaid = غير مذكور
vocabulary-imported = تاريخ الاستيراد
vocabulary-count-techniques = { $count ->
    [one] طريقة هجوم واحدة
    [two] طريقتا هجوم
    [few] { $count } طرق هجوم
   *[other] { $count } طريقة هجوم
 }، { $others ->
    [one] ومرحلة أو علاج واحد
    [two] ومرحلتان أو علاجان
    [few] و{ $others } مراحل وعلاجات
   *[other] و{ $others } مرحلة وعلاجًا
 }.
vocabulary-count-terms = { $count ->
    [one] مصطلح واحد.
    [two] مصطلحان.
    [few] { $count } مصطلحات.
   *[other] { $count } مصطلحًا.
 }
vocabulary-count-tags = { $count ->
    [one] وسم واحد.
    [two] وسمان.
    [few] { $count } وسوم.
   *[other] { $count } وسمًا.
 }
vocabulary-count-entries = { $count ->
    [one] مدخل واحد.
    [two] مدخلان.
    [few] { $count } مداخل.
   *[other] { $count } مدخلًا.
 }
vocabulary-count-phases = ترتيب { $others ->
    [one] مرحلة واحدة.
    [two] مرحلتين.
    [few] { $others } مراحل.
   *[other] { $others } مرحلة.
 }
vocabulary-odd-count = { $count ->
    [one] أمر غريب واحد
    [two] أمران غريبان
    [few] { $count } أمور غريبة
   *[other] { $count } أمرًا غريبًا
 }
vocabulary-odd-none = لا شيء غريب فيه.
vocabulary-odd-text = ما تركه القارئ أو يشك فيه، بكلمات القارئ نفسه. ويمكن استعمال الباقي.
vocabulary-lists = قوائم التحذير
vocabulary-lists-text = يُبحث هنا عن كل اسم وعنوان وبصمة قبل المشاركة. ومن يشارك رغم ذلك عليه أن يؤكد، ويُدوَّن ذلك.
vocabulary-list-why = لماذا لا ينبغي حجبه
vocabulary-entries = المداخل
vocabulary-always = موجودة دائمًا
vocabulary-list-election = لن يصل الناخبون إلى هيئة انتخابية.
vocabulary-list-own = هو ملك صاحبه.
vocabulary-list-network = تنقطع مواقع كثيرة دفعة واحدة.
vocabulary-list-resolver = لن تجد الحواسيب أي اسم.
vocabulary-list-service = تنقطع خدمة يعتمد عليها كثيرون.
vocabulary-list-popular = يستعمله كثيرون كل يوم.
vocabulary-list-listed = هكذا يقول ناشرها.
vocabulary-list-empty = في كل حاسوب ملف كهذا.
vocabulary-list-reserved = لا يقود إلى أي مكان على الإنترنت.
vocabulary-import = استيراد ملف
vocabulary-import-text = الملف كما يقدمه ناشره. وهو يقول بنفسه ما هو؛ والإصدار الأحدث يحل محل الأقدم.
vocabulary-file = الملف
vocabulary-file-hint = ‏ATT&CK أو DISARM كحزمة STIX، أو ملف أعمدة DISARM، أو مجرة أو تصنيف أو قائمة تحذير من MISP؛ { $max } MiB على الأكثر.
vocabulary-will-record = علنًا: الاسم والإصدار وSHA-256 ومقدار ما فيه؛ والملف نفسه.
vocabulary-import-act = استيراد
vocabulary-import-who = يستورد المعاجمَ من يدير هذه المنظومة، ومديرو الهيئات الانتخابية وفرق الأمن.
vocabulary-imported-title = تم الاستيراد
vocabulary-same-title = موجود من قبل
vocabulary-same-text = استُورد هذا الملف بعينه من قبل. لم يُسجَّل شيء.
vocabulary-by = نشره { $publisher }. والكلمات لهم.
vocabulary-disarm-note = يعطي ملف DISARM مداخله معرّفات جديدة مع كل إصدار، ويسمي مصدره ATT&CK. هنا يحتفظ كل مدخل بمعرّف واحد يُشتق من رقمه.
vocabulary-search = ابحث بالرقم أو بالكلمات
vocabulary-found = { $count ->
    [zero] لا نتيجة
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $count } نتائج
   *[other] { $count } نتيجة
 }
vocabulary-found-none = جرّب كلمات أقل، أو بداية كلمة.
vocabulary-all = إظهار الكل
vocabulary-phases = المراحل بترتيبها
vocabulary-phases-text = ما يريد المهاجمون بلوغه خطوة خطوة. افتح مرحلة لترى كيف يفعلون.
vocabulary-phase-page = عن هذه المرحلة
vocabulary-rest = لا ينتمي إلى مرحلة
vocabulary-file-title = الملف
vocabulary-publisher = الناشر
vocabulary-size = الطول
vocabulary-bytes = { $count ->
    [one] بايت واحد
    [two] بايتان
    [few] { $count } بايتات
   *[other] { $count } بايت
 }
vocabulary-versions = عمليات الاستيراد
vocabulary-means-phase = خطوة يريد المهاجمون بلوغها.
vocabulary-means-technique = أمر يفعله المهاجمون، بالاسم الذي يستعمله الجميع.
vocabulary-means-remedy = أمر يفيد في مواجهة طرق الهجوم.
vocabulary-means-tag = كلمة توسم بها الكائنات.
vocabulary-old-title = لم يعد يُستعمل
vocabulary-old-text = سحبه ناشره.
vocabulary-own-words = بكلمات { $publisher }
vocabulary-parts = بتفصيل أكثر
vocabulary-uses = كائنات مشاركة تذكره
vocabulary-uses-none = لا شيء مما يمكنك رؤيته.
vocabulary-uses-more = هناك المزيد؛ يظهر الأحدث.
vocabulary-shared = تاريخ المشاركة
vocabulary-place = موضعه
vocabulary-phase-of = المرحلة
vocabulary-part-of = جزء من
vocabulary-tag = الوسم
vocabulary-stix = المعرّف في STIX
vocabulary-publisher-page = صفحة ناشره
vocabulary-object-terms = طرق الهجوم التي يذكرها
vocabulary-kind-phase = مرحلة
threats-field-techniques = ماذا يفعلون (غير لازم)
threats-field-techniques-hint = ابحث عن طريقة الهجوم برقمها أو بكلمات، وعلّم ما يناسب، ثم ابحث مجددًا. هكذا يجد الآخرون كل ما جرى بهذه الطريقة.
threats-field-technique-search = ابحث عن طريقة هجوم
threats-techniques-nothing = لا شيء يناسب. جرّب كلمات أقل.
threats-field-end = إلى متى يسري
threats-field-end-hint = تنتقل العناوين من يد إلى يد. المعتاد { $address } يومًا لعناوين الإنترنت، و{ $url } للصفحات، و{ $domain } للنطاقات، و{ $email } لعناوين البريد، و{ $hash } للملفات.
threats-end-usual = كالمعتاد
threats-end-day = حتى يوم، في الأسفل
threats-end-none = حتى أسحبه
threats-wrong-end = قل حتى أي يوم، أو اختر «كالمعتاد».
threats-planned-until = يسري حتى { $date }
threats-planned-no-end = يسري حتى يُسحب
threats-warnings = { $count ->
    [one] فكّر في هذا أولًا
    [two] فكّر في هذين أولًا
    [few] فكّر في هذه الـ{ $count } أولًا
   *[other] فكّر في هذه الـ{ $count } أولًا
 }
threats-warnings-text = قد يحجب الآخرون ما تشاركه. وهنا يضر ذلك، أو لا ينفع البتة.
threats-warnings-more = { $count ->
    [one] … وواحد آخر
    [two] … واثنان آخران
    [few] … و{ $count } أخرى
   *[other] … و{ $count } أخرى
 }
threats-warn-election = هذا لهيئة انتخابية: حجبه يمنع الناخبين من موقعها.
threats-warn-own = هذا لك: سيحجبك الآخرون.
threats-warn-network = هذا لشبكة كبيرة تحمل مواقع كثيرة: حجبه يحجبها كلها.
threats-warn-resolver = هذا يجيب عن الأسماء في كل مكان: بدونه لا تجد الحواسيب المواقع.
threats-warn-service = هذه خدمة كبيرة يعتمد عليها كثيرون: حجبها يقطعهم.
threats-warn-popular = يستعمل هذا كثيرون كل يوم: حجبه يقطعهم.
threats-warn-listed = هذا معروف بأنه غير ضار، أو يستعمله كثيرون.
threats-warn-empty = هذا ملف فارغ: في كل حاسوب مثله.
threats-warn-reserved = لا يقود هذا إلى أي مكان على الإنترنت: هو للأمثلة، أو لأجهزة المرء نفسه.
threats-warn-by = في القائمة «{ $list }»: { $entry }
threats-warn-by-own = أنت تراقبه بنفسك، أو هو هذا الموقع: { $entry }
threats-despite-legend = التحذيرات أعلاه
threats-despite-choice = نظرت في كل منها. فليُشارَك رغم ذلك؛ ويُدوَّن هذا، ويراه من يقرأه.
threats-wrong-despite = أكّد أنك نظرت في التحذيرات، أو غيّر ما تشاركه.
threats-despite-title = شورك رغم تحذير
threats-despite-list = { $value } في القائمة «{ $list }».
threats-despite-own = { $value } لمن شاركه.
threats-despite-text = حُذّر من شاركه وأكّد. فكّر قبل أن تحجبه.
vocabulary-own-election = أسماء الهيئات الانتخابية
vocabulary-own-election-about = مواقع تُعلم فيها الهيئات الانتخابية الناخبين.
vocabulary-own-addresses = عناوين لا تقود إلى أي مكان على الإنترنت
vocabulary-own-addresses-about = الشبكات الخاصة وشبكات الأمثلة: RFC 1918, 3849, 3927, 4193, 4291, 5737, 6598, 9637.
vocabulary-own-names = أسماء لا تقود إلى أي مكان على الإنترنت
vocabulary-own-names-about = أسماء للأمثلة والاختبارات والأجهزة الخاصة: RFC 2606, 6761, 6762, 7686, 8375.
vocabulary-own-empty = بصمات ملف فارغ
vocabulary-own-empty-about = ‏MD5 وSHA-1 وSHA-256 وSHA-512 للاشيء.
threats-task-answered = أجاب آخرون على «{ $title }»
threats-task-answered-hint = { $seen ->
    [0] لم يره أحد آخر
    [one] رآه طرف آخر
    [two] رآه طرفان آخران
    [few] رأته { $seen } أطراف أخرى
   *[other] رآه { $seen } طرفًا آخر
 }؛ { $doubted ->
    [0] ولا أحد يعده إنذارًا كاذبًا.
    [one] وواحد يعده إنذارًا كاذبًا.
    [two] واثنان يعدانه إنذارًا كاذبًا.
    [few] و{ $doubted } يعدونه إنذارًا كاذبًا.
   *[other] و{ $doubted } يعدونه إنذارًا كاذبًا.
 }
threats-task-doubted = إنذار كاذب؟
threats-task-seen = شوهد
threats-status-warned = شيء فيه موجود في قائمة تحذير.
