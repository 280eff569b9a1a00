# What objects are, whom they concern, and what to do
# Not reviewed by a native speaker.
threats-kind-artifact = محتوى ملف
threats-kind-attack-pattern = طريقة هجوم
threats-kind-autonomous-system = شبكة على الإنترنت
threats-kind-campaign = حملة
threats-kind-course-of-action = علاج
threats-kind-domain-name = نطاق
threats-kind-email-addr = عنوان بريد إلكتروني
threats-kind-email-message = رسالة بريد
threats-kind-file = ملف
threats-kind-grouping = مجموعة أشياء
threats-kind-identity = جهة أو شخص
threats-kind-incident = حادثة
threats-kind-indicator = علامة للبحث عنها
threats-kind-infrastructure = خوادم المهاجمين وخدماتهم
threats-kind-intrusion-set = جماعة مهاجمين
threats-kind-ipv4-addr = عنوان إنترنت
threats-kind-ipv6-addr = عنوان إنترنت
threats-kind-language-content = ترجمة
threats-kind-location = مكان
threats-kind-malware = برنامج خبيث
threats-kind-malware-analysis = تحليل برنامج خبيث
threats-kind-marking-definition = علامة تداول
threats-kind-note = ملاحظة
threats-kind-observed-data = رصد
threats-kind-opinion = رأي
threats-kind-relationship = رابط
threats-kind-report = تقرير
threats-kind-sighting = مشاهدة
threats-kind-threat-actor = مهاجم
threats-kind-tool = أداة
threats-kind-url = عنوان صفحة
threats-kind-vulnerability = ضعف
threats-kind-other = غير ذلك ({ $kind })
threats-tlp-means-clear = للجميع؛ يجوز نشره
threats-tlp-means-green = لأعضاء المجموعة، لا للنشر
threats-tlp-means-amber = للجهات المسماة ومن يحتاجه من عملائها
threats-tlp-means-amber-strict = للجهات المسماة وحدها
threats-tlp-means-red = للمتلقين المسمين وحدهم؛ لا يخبرون أحدًا
threats-object-concerns = من يعنيه
threats-object-todo = ما العمل
threats-object-who = من يقوله
threats-object-sure = مدى اليقين
threats-object-until = يسري حتى
threats-object-until-unsaid = لم يُذكر
threats-object-over = انتهى
threats-object-audience = شورك مع: { $orgs }
threats-object-seen = رآه آخرون
threats-object-seen-none = لم يقل ذلك أحد بعد
threats-object-seen-count = { $count ->
    [one] مرة واحدة
   *[other] المرات: { $count }
 }، { $by ->
    [one] من جهة واحدة
   *[other] الجهات: { $by }
 }
threats-object-agreed = { $count ->
    [one] يوافق عضو واحد
   *[other] الموافقون: { $count }
 }
threats-object-facts = تفاصيل
threats-object-raw = للخبراء: الشيء كما جاء (STIX)
threats-object-download = تنزيل بصيغة JSON
threats-versions = الإصدارات
threats-related = ما يتصل به
threats-older-title = هناك إصدار أحدث
threats-older-link = أظهر الأحدث
threats-revoked-title = مسحوب
threats-revoked-text = سحبه من شاركه. لا تعملوا به بعد الآن.
threats-over-title = لم يعد ساريًا
threats-over-text = انتهى وقته. لا تحجبوا شيئًا بسببه؛ فقد يكون الاسم أو العنوان لغيرهم الآن.
threats-sure-unsaid = لا يقول من يشاركه مدى يقينه.
threats-sure-none = لا يقولون إنه كذلك.
threats-sure-low = يقين قليل
threats-sure-medium = يقين متوسط
threats-sure-high = يقين كبير
threats-looks-domain = موقع أو خادم
threats-looks-url = صفحة
threats-looks-address = عنوان إنترنت
threats-looks-email = بريد
threats-looks-file = ملف
threats-looks-other = قيمة
threats-what-indicator = هذه علامة يعرف بها الآخرون هجومًا حين يلقونه.
threats-what-attack-pattern = يصف هذا طريقة يعمل بها المهاجمون.
threats-what-vulnerability = هذا ضعف في برنامج أو جهاز يستطيع المهاجمون استعماله.
threats-what-course-of-action = يقول هذا ما ينفع ضد شيء.
threats-what-sighting = رأى أحدهم ما كان آخرون قد حذروا منه.
threats-what-actor = يصف هذا قومًا يهاجمون، بقدر ما يُعرفون.
threats-what-campaign = يحكي هذا عن هجمات متصلة أو عن هجوم وقع.
threats-what-means = هذه وسيلة للمهاجمين: برنامج أو أداة أو خوادم.
threats-what-report = يلخص هذا ما يُعرف مع ما يتصل به.
threats-what-note = هذا ما يقوله أحدهم عن شيء شورك.
threats-what-other = هذه قطعة من شيء آخر. لا تطلب منك بذاتها شيئًا.
threats-concerns-indicator-domain = كل من يستعمل موظفوه الشبكة والبريد، ومن يجيب عن أسئلة الناخبين عن المواقع الرسمية.
threats-concerns-indicator-url = كل من يستعمل موظفوه الشبكة والبريد، ومن يجيب عن أسئلة الناخبين عن الصفحات الرسمية.
threats-concerns-indicator-address = من يدير شبكتكم أو خوادمكم أو مواقعكم.
threats-concerns-indicator-email = كل من يتلقى بريدًا في العمل، ومن يدير بريدكم.
threats-concerns-indicator-file = كل من يفتح ملفات يرسلها آخرون، ومن يعتني بحواسيبكم.
threats-concerns-indicator-other = من يعتني بحواسيبكم وشبكتكم.
threats-concerns-indicator = من يعتني بحواسيبكم وشبكتكم.
threats-concerns-attack-pattern = من يخطط لحماية جهتكم.
threats-concerns-vulnerability = من يعتني بحواسيبكم وبرامجكم.
threats-concerns-course-of-action = من يعتني بحواسيبكم، ومن يقرر في الحماية.
threats-concerns-sighting = من يتابع مدى انتشاره.
threats-concerns-actor = من يخطط لحماية جهتكم.
threats-concerns-campaign = كل من يدير الانتخاب المقصود أو يراقبه أو يغطيه.
threats-concerns-means = من يعتني بحواسيبكم وشبكتكم.
threats-concerns-report = كل من يدير الانتخاب المقصود أو يراقبه أو يغطيه.
threats-concerns-note = من يعمل بما هي عنه.
threats-concerns-other = من يعمل بما يتصل به.
threats-todo-indicator-domain = لا تفتح الموقع، وقل لموظفيك ألا يفتحوه.
    أعطه لمن يعتني بحواسيبكم: ينظر هل زاره أحد، ويحجبه.
    إن كان يقلد موقعًا رسميًا فقل علنًا ما العنوان الصحيح.
    هل وجدته؟ قل ذلك أدناه: «رأينا هذا أيضًا».
threats-todo-indicator-url = لا تفتح الصفحة، وقل لموظفيك ألا يفتحوها.
    أعطها لمن يعتني بحواسيبكم: ينظر هل زارها أحد، ويحجبها.
    هل أدخل أحد كلمة مرور فيها؟ لتُغيَّر فورًا.
    هل وجدتها؟ قل ذلك أدناه: «رأينا هذا أيضًا».
threats-todo-indicator-address = أعطه لمن يدير شبكتكم: ينظر هل ذهب إليه شيء أو جاء منه.
    ليحجبه إن لم يكن عنوانًا تحتاجونه.
    هل وجدته؟ قل ذلك أدناه: «رأينا هذا أيضًا».
threats-todo-indicator-email = ابحث عن رسائل منه، ولا تفتح فيها روابط ولا مرفقات.
    هل رد أحد أو نقر أو أدخل كلمة مرور؟ أخبر من يعتني بحواسيبكم فورًا.
    هل وجدته؟ قل ذلك أدناه: «رأينا هذا أيضًا».
threats-todo-indicator-file = لا تفتح ملفًا كهذا ولا تحذفه: هو دليل.
    أعطه لمن يعتني بحواسيبكم: ينظر على أي الأجهزة هو.
    هل وجدته؟ قل ذلك أدناه: «رأينا هذا أيضًا».
threats-todo-indicator-other = أعطه لمن يعتني بحواسيبكم: يستطيع البحث عنه.
    هل وجدته؟ قل ذلك أدناه: «رأينا هذا أيضًا».
threats-todo-indicator = أعطه لمن يعتني بحواسيبكم: تستطيع برامجه البحث عنه.
    هل وجدته؟ قل ذلك أدناه: «رأينا هذا أيضًا».
threats-todo-attack-pattern = فكّر هل يمكن أن يحدث لكم هذا، وما الذي يوقفه.
threats-todo-vulnerability = أعطه لمن يعتني بحواسيبكم: ينظر هل تستعملونه، ويصلحه.
threats-todo-course-of-action = انظر هل يناسبكم، وقرر من يفعله وإلى متى.
threats-todo-sighting = انظر ثانية هل تجدونه أيضًا.
threats-todo-actor = لا شيء الآن. انظر العلامات المتصلة به.
threats-todo-campaign = اقرأ ما جرى، وانظر العلامات المتصلة به.
    أخبر من يتكلم علنًا باسمكم كي لا يُفاجأ.
threats-todo-means = انظر العلامات المتصلة به: بها يوجد.
threats-todo-report = اقرأه، وقرر من في جهتكم يحتاج إلى معرفته.
    انظر العلامات المتصلة به.
threats-todo-note = اقرأها قبل أن تعمل بما هي عنه.
threats-todo-other = لا شيء. انظر ما يتصل به.
threats-fact-aliases = يُسمّى أيضًا
threats-fact-goals = الغايات
threats-fact-objective = الهدف
threats-fact-indicator-types = نوع العلامة
threats-fact-malware-types = نوع البرنامج
threats-fact-infrastructure-types = نوع الخوادم
threats-fact-report-types = نوع التقرير
threats-fact-threat-actor-types = نوع المهاجم
threats-fact-opinion = الرأي
threats-fact-count = كم مرة
threats-fact-first-seen = أول مرة
threats-fact-last-seen = آخر مرة
threats-fact-published = نُشر
threats-fact-value = القيمة
threats-fact-source = في مكان آخر: { $source }
threats-how-made-by = صنعه
threats-how-made = صنعته هذه الجهة
threats-how-sighting-of = ما شوهد
threats-how-sighted = يقول إنه شوهد
threats-how-about = هو عن هذا
threats-how-mentioned = يذكره
threats-how-refers = يحيل إلى هذا
threats-how-referred = يحيل إليه
threats-how-source = من هنا
threats-verb-uses-out = يستعمل هذا
threats-verb-uses-in = يستعمله
threats-verb-indicates-out = علامة على هذا
threats-verb-indicates-in = علامة عليه
threats-verb-attributed-to-out = يُظن أنه عمل
threats-verb-attributed-to-in = يُظن أنه عمله
threats-verb-targets-out = موجه إلى
threats-verb-targets-in = موجه إليه
threats-verb-mitigates-out = ينفع ضد هذا
threats-verb-mitigates-in = ينفع ضده
threats-verb-derived-from-out = صُنع من هذا
threats-verb-derived-from-in = صُنع منه
threats-verb-duplicate-of-out = هو نفسه هذا
threats-verb-duplicate-of-in = هو نفسه
threats-verb-related-to-out = يتعلق بهذا
threats-verb-related-to-in = يتعلق به
threats-verb-other-out = { $verb } ←
threats-verb-other-in = → { $verb }
