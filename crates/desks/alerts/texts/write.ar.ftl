# كتابة التنبيهات: المسودات والاعتماد والمعاينة والإصدار
alerts-cancel = إلغاء
alerts-recorded = سُجّل
alerts-none-yet = لم يُحدد بعد
alerts-at-once = مع الإصدار
alerts-left = { $hours ->
    [0] { $minutes } د
   *[other] { $hours } س { $minutes } د
 }
alerts-number = رقم { $number }
alerts-number-headline = رقم { $number }: { $headline }
alerts-stations = مراكز الاقتراع
alerts-voters = الناخبون المسجلون
alerts-language = اللغة
alerts-languages = اللغات
alerts-bytes = { $count ->
    [one] بايت واحد
    [two] بايتان
    [few] { $count } بايتات
    [many] { $count } بايتا
   *[other] { $count } بايت
 }
alerts-language-en = الإنجليزية
alerts-language-fr = الفرنسية
alerts-language-es = الإسبانية
alerts-language-ar = العربية
alerts-status-actual = حقيقي
alerts-status-actual-means = التنبيه حقيقي. كل من يقرؤه يعمل به.
alerts-status-exercise = تمرين
alerts-status-exercise-means = جزء من تمرين. كل صفحة ورسالة ورمز تقول: تمرين.
alerts-status-test = اختبار
alerts-status-test-means = لتجربة القنوات. لا أحد يعمل به، وكل رسالة تقول: اختبار.
alerts-status-fixed = لا يمكن تغيير هذا بعد الآن. لاختيار آخر ابدأ مسودة جديدة.
alerts-kind-alert = تنبيه جديد
alerts-kind-update = تحديث يحل محل تنبيه سارٍ
alerts-kind-cancel = إلغاء يسحب تنبيها ساريا
alerts-severity-extreme = بالغة الشدة
alerts-severity-severe = شديدة
alerts-severity-moderate = متوسطة
alerts-severity-minor = بسيطة
alerts-severity-unknown = غير معروفة
alerts-urgency-immediate = التصرف الآن
alerts-urgency-expected = التصرف خلال ساعة
alerts-urgency-future = التصرف قريبا
alerts-urgency-past = انتهى الأمر
alerts-urgency-unknown = غير معروف
alerts-certainty-observed = حدث أو يحدث الآن
alerts-certainty-likely = مرجح
alerts-certainty-possible = ممكن
alerts-certainty-unlikely = غير مرجح
alerts-certainty-unknown = غير معروف
alerts-audience-station = مراكز الاقتراع
alerts-audience-municipality = البلديات
alerts-audience-public = الجميع
alerts-category-security = الأمن
alerts-category-infra = التقنية والإمداد
alerts-goal-delivered = وصل التنبيه
alerts-goal-read = قُرئ التنبيه
alerts-goal-understood = فُهم التنبيه
alerts-goal-acted = نُفذ المطلوب
alerts-level-public = للجميع
alerts-level-public-hint = كلمات بسيطة. لازمة في كل لغة.
alerts-level-official = للموظفين
alerts-level-official-hint = بمصطلحات الإدارة. إن بقي فارغا تظهر كلمات الجميع.
alerts-level-expert = للخبراء
alerts-level-expert-hint = تفاصيل تقنية. يمكن أن يبقى فارغا.
alerts-event-registration-tampering = تلاعب بتسجيل الأحزاب أو المرشحين
alerts-event-registration-overload = تعطل تسجيل الأحزاب أو المرشحين
alerts-event-sponsor-signatures = توقيعات مؤيدين مختلقة
alerts-event-voter-identity-fraud = هويات زائفة في تسجيل الناخبين
alerts-event-voter-data-tampering = حذف بيانات الناخبين أو تغييرها
alerts-event-voter-registration-overload = تعطل تسجيل الناخبين
alerts-event-campaign-accounts = اختراق حواسيب أو حسابات حملة
alerts-event-campaign-website = تغيير موقع حملة أو تعطله
alerts-event-website-misconfiguration = خطأ في إعداد موقع
alerts-event-confidential-leak = تسرب معلومات سرية
alerts-event-government-systems = اختراق أنظمة أو شبكات حكومية
alerts-event-official-disinformation = معلومات كاذبة عن التصويت أو النتائج
alerts-event-government-website-overload = تعطل مواقع حكومية
alerts-event-voting-tampering = اضطراب التصويت أو سريته
alerts-event-software-bug = خطأ برمجي يمس النتائج
alerts-event-log-tampering = تلاعب بالسجلات أو المحاضر
alerts-event-voter-privacy = خرق السرية أثناء التصويت
alerts-event-counting-systems = اضطراب العد أو الجمع
alerts-event-result-links = اضطراب نقل النتائج
alerts-event-supply-chain = تلاعب بالمعدات أو نقلها
alerts-event-media-systems = اختراق أنظمة وسائل إعلام
alerts-event-media-links = اضطراب اتصالات وسائل إعلام
alerts-event-result-publication = تغيير نشر النتائج أو تعطله
alerts-standing-holds = سارٍ الآن
alerts-standing-not-yet = يبدأ لاحقا
alerts-standing-expired = انتهى
alerts-standing-superseded = استُبدل
alerts-standing-running = جارٍ
alerts-standing-cancels = يسحب
alerts-standing-cancelled = سُحب
alerts-home-title = التنبيهات
alerts-home-answer = { $open ->
    [0] لا تنبيه ساريا لك
    [one] لك تنبيه واحد سارٍ
    [two] لك تنبيهان ساريان
    [few] لك { $open } تنبيهات سارية
    [many] لك { $open } تنبيها ساريا
   *[other] لك { $open } تنبيه سارٍ
 }، و{ $drafts ->
    [0] لا مسودة تنتظر.
    [one] مسودة واحدة تنتظر.
    [two] مسودتان تنتظران.
    [few] { $drafts } مسودات تنتظر.
   *[other] { $drafts } مسودة تنتظر.
 }
alerts-act-new = كتابة تنبيه
alerts-public-link = ما يراه الجميع
alerts-no-election = لا انتخابات للتنبيه بشأنها
alerts-no-election-text = تتعلق التنبيهات بانتخابات عرّفتها مؤسستك.
alerts-open-title = التنبيهات السارية
alerts-open-none = لا تنبيه ساريا.
alerts-ends-in = ينتهي خلال { $left }
alerts-ends-soon = ينتهي خلال { $left }: أصدره من جديد أو دعه ينتهي
alerts-ends-soon-text = تحديث بنهاية أبعد يحل محله. وإن لم يُفعل شيء ينتهي من تلقاء نفسه.
alerts-drafts-title = المسودات
alerts-drafts-none = لا مسودة تنتظر.
alerts-draft-hint = { $status } · حُفظت { $changed }
alerts-next-second = شخص ثان يصدر
alerts-next-release = جاهزة للإصدار
alerts-next-write = تحتاج إلى إكمال
alerts-next-approve = تحتاج إلى اعتماد: { $languages }
alerts-begin-title = مسودة جديدة
alerts-begin-answer = لا يرى المسودة إلا مؤسستك. لا يخرج شيء قبل الإصدار.
alerts-begin-update = تحديث تنبيه سارٍ
alerts-begin-update-text = تبدأ المسودة بكلماته ومناطقه. وعند إصدارها تحل محل هذا التنبيه.
alerts-begin-cancel = إلغاء تنبيه سارٍ
alerts-begin-cancel-text = عند إصدار الإلغاء لا يعود هذا التنبيه ساريا. ما قيل يبقى في السجل.
alerts-field-election = الانتخابات
alerts-field-status = هل هو حقيقي؟
alerts-field-status-hint = يُختار مرة واحدة: لا تتحول المسودة من نوع إلى آخر.
alerts-field-drill = التمرين
alerts-field-drill-hint = لتنبيه التمرين فقط. التمارين الجارية.
alerts-no-drill = لا تمرين جاريا، فلا يمكن إصدار تنبيه تمرين الآن.
alerts-act-begin = ابدأ
alerts-step-what = ماذا
alerts-step-where = أين ومتى
alerts-step-words = الكلمات
alerts-step-approve = الاعتماد
alerts-step-release = الإصدار
alerts-what-title = ماذا حدث؟
alerts-field-kind = نوع الرسالة
alerts-field-names = التنبيهات السارية التي تتعلق بها
alerts-field-names-hint = للتحديث أو الإلغاء فقط؛ أربعة على الأكثر.
alerts-field-event = الحدث
alerts-field-event-hint = من قائمة 23 تهديدا تتشاركها سلطات الانتخابات الأوروبية.
alerts-field-category = المجال
alerts-field-severity = ما شدته؟
alerts-field-severity-hint = ابتداء من «شديدة» يصدره شخصان.
alerts-field-urgency = ما مدى استعجاله؟
alerts-field-certainty = ما مدى تأكده؟
alerts-field-audience = من عليه التصرف؟
alerts-field-audience-hint = يمكن للجميع قراءة كل تنبيه. هذا يقول من عليه فعل شيء.
alerts-field-acknowledge = الإقرار بالاستلام
alerts-field-minutes = دقائق بعد الإصدار
alerts-field-minutes-hint = على كل مركز اقتراع أن يجيب خلالها. فارغ: لا جواب مطلوبا؛ وهو لازم ابتداء من «شديدة».
alerts-field-goal = المطلوب أنه
alerts-field-more = أمور أخرى
alerts-field-main = اللغة الرئيسية
alerts-field-main-hint = لا يخرج التنبيه بدونها. وتظهر حيث تنقص لغة القارئ.
alerts-field-source = المصدر
alerts-field-source-hint = بلاغ أو اتصال، في كلمات قليلة. يبقى في المسودة ولا يُنشر.
alerts-source-link = ما جاء منه
alerts-answer-acknowledge = خلال { $minutes } دقيقة، أنه { $goal }
alerts-act-next = حفظ ومتابعة
alerts-act-save = حفظ
alerts-to-draft = إلى المسودة
alerts-where-title = أين، وحتى متى؟
alerts-where-answer = { $areas ->
    [0] لم تُختر منطقة بعد.
    [one] اختيرت منطقة واحدة: مراكز الاقتراع { $stations }، الناخبون { $voters }.
    [two] اختيرت منطقتان: مراكز الاقتراع { $stations }، الناخبون { $voters }.
    [few] اختيرت { $areas } مناطق: مراكز الاقتراع { $stations }، الناخبون { $voters }.
    [many] اختيرت { $areas } منطقة: مراكز الاقتراع { $stations }، الناخبون { $voters }.
   *[other] اختيرت { $areas } منطقة: مراكز الاقتراع { $stations }، الناخبون { $voters }.
 }
alerts-field-areas = المناطق
alerts-field-effective = يسري من
alerts-field-effective-hint = فارغ: من الإصدار.
alerts-field-expires = يسري حتى
alerts-field-expires-hint = لازم. يوم الانتخابات 24 ساعة على الأكثر بعد الإصدار. المنطقة الزمنية: { $zone }.
alerts-no-network = لم تُستورد مناطق لهذه الانتخابات
alerts-no-network-text = التنبيه لمناطق مع مراكز اقتراعها.
alerts-no-network-link = المناطق ومراكز الاقتراع
alerts-areas-chosen = المختارة
alerts-areas-search = البحث عن منطقة
alerts-areas-top = الكل
alerts-areas-listed = مناطق للاختيار
alerts-areas-nothing = لا منطقة بهذا الاسم.
alerts-areas-more = { $count } أخرى: ابحث عن الاسم أو الرمز.
alerts-area = المنطقة
alerts-area-parts = الأجزاء
alerts-area-open = عرض الأجزاء
alerts-area-size = مراكز الاقتراع { $stations }، الناخبون { $voters }
alerts-words-title = الكلمات: { $language }
alerts-words-answer = قل ماذا حدث وما العمل. بلا أسماء أشخاص ولا أرقام هواتف.
alerts-bytes-left = { $count ->
    [one] بقي بايت واحد من 350 لكل اللغات معا.
    [two] بقي بايتان من 350 لكل اللغات معا.
    [few] بقي { $count } بايتات من 350 لكل اللغات معا.
    [many] بقي { $count } بايتا من 350 لكل اللغات معا.
   *[other] بقي { $count } بايت من 350 لكل اللغات معا.
 }
alerts-bytes-of = { $count } من { $max } بايت
alerts-too-long = الكلمات القصيرة أطول مما يجب
alerts-too-long-text = هي معا تتجاوز بـ{ $over ->
    [one] بايت واحد
    [two] بايتين
    [few] { $over } بايتات
    [many] { $over } بايتا
   *[other] { $over } بايت
 } الـ350 التي تتسع لها رموز QR. اختصر أولا: { $language }.
alerts-approval-void = هذه الكلمات معتمدة
alerts-approval-void-text = إن غيّرتها بطل اعتماد هذه اللغة، وعلى شخص آخر اعتمادها من جديد.
alerts-suggestion = البدء بهذه الكلمات
alerts-suggestion-take = استخدامها
alerts-short-title = الكلمات القصيرة
alerts-short-text = تمر بكل قناة: الرسائل القصيرة والهاتف والرمز على الورق.
alerts-short-marker = توضع «{ $marker }» قبلها تلقائيا.
alerts-short-headline = ماذا حدث
alerts-short-instruction = ما العمل أولا
alerts-long-headline = العنوان
alerts-long-description = ما هو معروف
alerts-long-instruction = ما العمل
alerts-act-save-words = حفظ وعرض المسودة
alerts-act-count = حفظ وعدّ
alerts-wrong-time = هذا ليس تاريخا ووقتا.
alerts-wrong-areas = 40 منطقة على الأكثر. اختر المنطقة الأكبر بدل أجزائها.
alerts-wrong-bytes = { $max } بايت على الأكثر.
alerts-wrong-headline = تحتاج هذه الكلمات إلى عنوان.
alerts-overview-ready = لا ينقص شيء. يمكن الإصدار.
alerts-overview-second = وافق شخص واحد. شخص ثان يصدر.
alerts-overview-missing = { $count ->
    [one] ينقص أمر واحد قبل الإصدار.
    [two] ينقص أمران قبل الإصدار.
    [few] تنقص { $count } أمور قبل الإصدار.
    [many] ينقص { $count } أمرا قبل الإصدار.
   *[other] ينقص { $count } أمر قبل الإصدار.
 }
alerts-act-release = إلى الإصدار
alerts-act-preview = ما ستحمله كل قناة
alerts-missing-title = ما ينقص
alerts-languages-text = تُعتمد كل لغة وحدها، من شخص يقرؤها ولم يكتبها أخيرا. ما لم يُعتمد لا يخرج.
alerts-words-approved = معتمدة
alerts-words-void = تغيرت منذ اعتمادها
alerts-words-waits = غير معتمدة
alerts-words-partly = غير مكتملة
alerts-words-none = بلا كلمات
alerts-act-approve = اعتماد
alerts-answers = مراجعة الأجوبة
alerts-needs-two = يصدره شخصان.
alerts-drop-title = ترك هذه المسودة
alerts-drop-text = تختفي من القوائم. لم يُنشر شيء.
alerts-drop-sure = لم تعد هذه المسودة لازمة
alerts-drop-act = تركها
alerts-approve-title = اعتماد الكلمات: { $language }
alerts-approve-answer = اقرأ كل كلمة. ما تعتمده يخرج كما هو تماما.
alerts-approve-reads = أقرأ هذه اللغة ({ $language })، وقرأت كل شيء، وهو يقول المقصود.
alerts-approve-record = أن مؤسستك اعتمدت هذه الكلمات، برقم تحقق لا يقول شيئا عنها قبل الإصدار. يبقى اسمك خاصا.
alerts-wrong-reads = أكد أنك تقرأ اللغة وقرأت كل شيء.
alerts-preview-title = ما ستحمله كل قناة
alerts-preview-answer = يصل إلى مراكز الاقتراع: { $stations }، والناخبين المسجلين: { $voters }.
alerts-preview-refused = لا يمكن أن يخرج هكذا
alerts-preview-compact = بايتات النص المضغوط
alerts-preview-bundle = بايتات الرمز مع البرهان، متوقعة
alerts-preview-qr = إصدار رمز QR
alerts-preview-short = بايتات الصيغة القصيرة
alerts-preview-sms = الرسائل القصيرة
alerts-preview-sms-text = محسوبة لجهات الاتصال السارية الآن في هذه المناطق، كل بلغتها ومستوى قراءتها، ومع أطول رابط.
alerts-preview-text = النص
alerts-preview-alphabet = الأبجدية
alerts-preview-parts = الأجزاء
alerts-preview-contacts = المستلمون
alerts-preview-messages = الرسائل
alerts-preview-cost = الكلفة
alerts-preview-all = { $messages ->
    [zero] لا رسائل قصيرة.
    [one] رسالة قصيرة واحدة في المجموع.
    [two] رسالتان قصيرتان في المجموع.
    [few] { $messages } رسائل قصيرة في المجموع.
    [many] { $messages } رسالة قصيرة في المجموع.
   *[other] { $messages } رسالة قصيرة في المجموع.
 }
alerts-preview-other-ways = وكذلك رسائل بريد إلكتروني: { $mails }؛ ورسائل إلى برامج: { $programs }.
alerts-preview-unreached = { $count ->
    [one] مركز اقتراع واحد بلا جهة اتصال تبلغه.
    [two] مركزا اقتراع بلا جهة اتصال تبلغهما.
    [few] { $count } مراكز اقتراع بلا جهة اتصال تبلغها.
    [many] { $count } مركز اقتراع بلا جهة اتصال تبلغها.
   *[other] { $count } مركز اقتراع بلا جهة اتصال تبلغها.
 }
alerts-preview-unreached-text = أضف جهات اتصال، أو ليُتصل بها هاتفيًا.
alerts-preview-no-words = لا كلمات مكتملة بعد.
alerts-price-is = سعر الجزء الواحد: { $price }
alerts-price-title = تحديد سعر الرسالة القصيرة
alerts-price = سعر الجزء الواحد
alerts-price-hint = كما في العقد مع البوابة، مثل 0.045.
alerts-currency = العملة
alerts-currency-hint = ثلاثة أحرف كبيرة، مثل EUR.
alerts-wrong-price = السعر رقم مثل 0.045.
alerts-wrong-currency = العملة ثلاثة أحرف كبيرة.
alerts-preview-mail = البريد الإلكتروني
alerts-preview-spoken = يُقرأ بالهاتف
alerts-preview-page = الصفحة والملصق والخلاصة
alerts-preview-page-text = تعرض الصفحة والملصق كلمات الجميع مع الرمز والمناطق والنهاية؛ وتحمل الخلاصة الكلمات نفسها.
alerts-preview-cap = رسالة CAP قبل توقيعها (الأسطر: { $lines })
alerts-release-title = الإصدار
alerts-release-languages = يخرج باللغات: { $languages }.
alerts-release-left-out = متروكة لأنها غير معتمدة: { $languages }.
alerts-four-eyes = يصدر هذا التنبيه شخصان
alerts-four-eyes-first = ستكون الأول. لا يخرج شيء حتى يوافق شخص آخر على هذه المسودة نفسها تماما.
alerts-four-eyes-second = وافق شخص على هذه المسودة نفسها تماما. وبموافقتك يخرج.
alerts-allies = من يسميهم تسلسل السلطة
alerts-allies-before = من هذه الشدة فصاعدا تُستشار هذه الجهات أو تُبلَّغ. يفعل ذلك الناس، لا البرنامج.
alerts-allies-after = هل استُشيرت هذه الجهات وأُبلغت؟ يفعل ذلك الناس، لا البرنامج.
alerts-ally-consult = استشارة { $name } خلال { $time }
alerts-ally-tell = إبلاغ { $name } خلال { $time }
alerts-consequence-actual = هذا حقيقي
alerts-consequence-exercise = هذا تمرين
alerts-consequence-test = هذا اختبار
alerts-consequence-text = ما صدر لا يمكن إخراجه من السجل. يمكن تحديثه أو إلغاؤه.
alerts-confirm-actual = تحققت: هذا التنبيه حقيقي ويجب العمل به.
alerts-confirm-exercise = هذا تمرين. يجب ألا يظنه أحد تنبيها حقيقيا.
alerts-confirm-test = هذا اختبار للقنوات. ليس على أحد فعل شيء.
alerts-wrong-confirm = أكد ذلك أولا.
alerts-release-actual = إصدار التنبيه
alerts-release-exercise = إصدار التمرين
alerts-release-test = إصدار الاختبار
alerts-release-first = الموافقة الأولى من اثنتين
alerts-release-record = التنبيه بكلماته ومناطقه وأوقاته، باسم مؤسستك، إلى الأبد وللجميع. يبقى اسمك خاصا.
alerts-release-record-first = أن شخصا من مؤسستك يوافق على هذه المسودة، برقم تحقق لا يقول شيئا عنها. يبقى اسمك خاصا.
alerts-act-update = تحديث أو إصدار من جديد
alerts-act-cancel = سحبه
alerts-files = الصفحات والملفات
alerts-file-page = الصفحة للجميع
alerts-file-print = الملصق
alerts-file-cap = رسالة CAP موقعة
alerts-file-cap-later = يجري توقيع رسالة CAP.
alerts-file-bundle = الرمز مع البرهان، كملف
alerts-course = ما الذي جرى
alerts-was-approved = اعتُمدت الكلمات: { $language }
alerts-was-agreed = وافق شخص على الإصدار
alerts-was-released = صدر
alerts-was-signed = وُقعت رسالة CAP
alerts-was-updated = حل محله رقم { $number }
alerts-was-cancelled = سحبه رقم { $number }
alerts-spoken-script = مرحبا، معك { $sender }. خذ من فضلك ورقتك المختومة. أقرأ لك ثلاث كلمات؛ قارنها بأول سطر مفتوح فيها، واقرأ لي كلماتك الثلاث من السطر نفسه.
    أقرأ الآن التنبيه رقم { $number }.
    { $headline }
    { $instruction }
    يسري حتى { $ends }.
    أعد من فضلك بكلماتك ما ستفعله.
