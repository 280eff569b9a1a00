# The exchange: communities, their rules, what is shared
# Not reviewed by a native speaker.
threats-nav = التهديدات
threats-cancel = إلغاء
threats-yes = نعم
threats-no = لا
threats-you = (أنتم)
threats-recorded = سُجّل
threats-consequence = ما يترتب
threats-state = الحالة
threats-changed = آخر تغيير
threats-organisation = الجهة
threats-sector = القطاع
threats-since = عضو منذ
threats-member = العضو
threats-members = الأعضاء
threats-community = المجموعة
threats-collection = المجلد
threats-collections = المجلدات
threats-object = ما هو
threats-objects = ما يُتشارَك
threats-label = الوسم
threats-by = شاركه
threats-shared-at = وقت المشاركة
threats-rights = حقوقكم
threats-for-whom = لمن
threats-pseudonym = (باسم مستعار)
threats-search = ابحث في العناوين
threats-home-title = مجموعاتكم
threats-home-tasks = ما ينتظرك
threats-home-answer = { $count ->
    [one] أمر واحد ينتظرك.
   *[other] ينتظرك { $count } من الأمور.
 }
threats-home-nothing = لا شيء ينتظرك الآن.
threats-home-none-answer = جهتكم لا تشارك أحدًا بعدُ معلومات عن التهديدات.
threats-home-line = { $members ->
    [one] عضو واحد
   *[other] الأعضاء: { $members }
 }، { $collections ->
    [one] مجلد واحد
   *[other] المجلدات: { $collections }
 }، { $open ->
    [0] لا شيء للقرار
    [one] اقتراح واحد مفتوح
   *[other] اقتراحات مفتوحة: { $open }
 }
threats-none-title = ابدأ بمجموعة
threats-none-text = هنا تتشارك هيئات الانتخابات وفرق الأمن والأحزاب والإعلام والمراقبون والمنصات والموردون ما يهدد الانتخابات، في مجموعات لا يملك عضو واحد قواعدها.
threats-none-manager = أسّس مجموعة مع جهة أخرى على الأقل، أو اطلب من أعضاء مجموعة أن يقترحوا جهتكم.
threats-none-ask = التأسيس والانضمام لمدير في جهتكم.
threats-none-others = { $count ->
    [one] انظر المجموعة الأخرى هنا
   *[other] انظر المجموعات الأخرى هنا ({ $count })
 }
threats-task-join = انضموا إلى { $name }
threats-task-join-hint = جهتكم مذكورة بين المؤسسين. تبدأ المجموعة حين ينضم المؤسسون كلهم.
threats-task-waits = ينتظرك
threats-task-stand = قل موقفكم: { $what }
threats-task-no-stand = لا موقف بعد
threats-task-news = { $count ->
    [one] شيء جديد واحد في { $name }
   *[other] أشياء جديدة في { $name }: { $count }
 }
threats-task-news-many = أشياء جديدة في { $name }: { $count } أو أكثر
threats-task-news-hint = شاركها آخرون في آخر 7 أيام
threats-task-new = جديد
threats-state-active = عاملة
threats-state-waiting = انضم { $joined } من { $total } مؤسسين
threats-found-title = تأسيس مجموعة
threats-found-answer = تحتاج المجموعة إلى جهتين على الأقل، وتبدأ حين تنضم كلها.
threats-founders = المؤسسون
threats-field-name = اسم المجموعة
threats-field-name-hint = يراه الجميع.
threats-field-code = الرمز في العناوين
threats-field-code-hint = حروف لاتينية صغيرة وأرقام وشرطات، 40 على الأكثر. لا يتغير أبدًا.
threats-field-sector-own = ما جهتكم
threats-field-founders = من يؤسسها معكم
threats-field-founders-hint = جهات تعمل على هذا النظام. على كل منها أن تنضم.
threats-no-candidates = لا تعمل جهة أخرى على هذا النظام. اطلب من المسؤول أن ينشئها.
threats-rules = القواعد
threats-rules-example = يتشارك الأعضاء ما يهدد الانتخابات أيًّا كان المهدَّد. لا يستعمل أحد ما شورك ضد عضو آخر. ما لا وسم له فهو GREEN: للأعضاء لا للنشر.
threats-field-text = القواعد بالكلمات
threats-field-text-hint = ماذا يُتشارَك، ومع من، وبمَ يتعهد الأعضاء. يستطيع الجميع قراءته.
threats-field-unmarked = وسم ما يأتي بلا وسم
threats-field-unmarked-hint = بعض البرامج لا ترسل وسمًا، فيسري هذا.
threats-field-percent = يحتاج التغيير إلى أكثر من هذه النسبة المئوية من الأعضاء
threats-field-percent-hint = من 50 إلى 99. ويحتاج دائمًا إلى عضوين على الأقل.
threats-first-collection = المجلد الأول
threats-first-collection-text = المجلد مكان للمشاركة. يقرأ الأعضاء كلهم هذا المجلد ويكتبون فيه؛ ويمكنك اقتراح غيره لاحقًا.
threats-field-title = العنوان
threats-field-description = ما يوضع فيه
threats-field-description-hint = جملة واحدة.
threats-field-alias = اسم قصير للبرامج
threats-field-alias-hint = حروف لاتينية صغيرة وأرقام وشرطات. يجوز تركه فارغًا.
threats-field-public = عام
threats-field-public-label = يقرأ الجميع فيه ما هو TLP:CLEAR
threats-field-closed = مغلق
threats-field-closed-label = لا يأخذ شيئًا بعد الآن
threats-field-readers = من يقرؤه
threats-field-writers = من يضيف إليه
threats-field-circle = إلى من يذهب TLP:AMBER حين لا يُسمّى أحد
threats-field-reason = السبب
threats-field-reason-hint = سيبقى في السجل العام.
threats-act-check = راجع إجاباتك
threats-act-change = غيّر شيئًا
threats-check-title = راجع إجاباتك
threats-found-check-answer = تؤسسون { $name } مع { $others }.
threats-found-consequence = يصبح الاسم والمؤسسون والقواعد والمجلدات عامة وتبقى في السجل. ويُطلب من الآخرين الانضمام.
threats-record-found = أن جهتكم تؤسس هذه المجموعة بهذه القواعد وهؤلاء المؤسسين.
threats-act-found = أسّس المجموعة
threats-community-answer = { $members ->
    [one] عضو واحد يشارك هنا
   *[other] الأعضاء المشاركون هنا: { $members }
 }؛ { $readable ->
    [one] تقرأ مجلدًا واحدًا.
   *[other] المجلدات التي تقرؤها: { $readable }.
 }
threats-community-waiting = لا يُتشارَك شيء ولا يُقرَّر قبل أن ينضم المؤسسون كلهم.
threats-missing-title = لم ينضم المؤسسون كلهم
threats-missing-text = لم ينضم بعد: { $orgs }.
threats-objects-none = لا شيء هنا
threats-objects-none-filtered = لا شيء يوافق هذه المرشحات.
threats-objects-none-text = لم يشارككم أحد شيئًا بعد.
threats-filter-clear = أظهر الكل
threats-filter-any = الكل
threats-filter-what = ما هو
threats-filter-label = الوسم
threats-filter-by = شاركه
threats-filter-collection = المجلد
threats-filter-what-signs = علامات للبحث
threats-filter-what-reports = تقارير
threats-filter-what-campaigns = حملات
threats-filter-what-actors = من وراءها
threats-filter-what-means = وسائل
threats-filter-what-answers = ردود
threats-filter-what-all = كل شيء مع الروابط
threats-rights-both = تقرؤون وتكتبون
threats-rights-read = تقرؤون فقط
threats-rights-write = تكتبون فقط
threats-rights-none = لا هذا ولا ذاك
threats-collection-closed = مغلق
threats-collection-public = ما هو TLP:CLEAR عام
threats-collection-members = للأعضاء فقط
threats-machines = للبرامج (TAXII 2.1)
threats-machines-text = تقرأ البرامج الأشياء نفسها وتكتبها في هذه العناوين، وكلمة المرور رمز من صفحة حسابك.
threats-not-joined = لم ينضم
threats-members-all = كل الأعضاء
threats-members-none = لا أحد
threats-about = { $kind }: { $title }
threats-revoked = مسحوب
threats-rules-title = القواعد والقرارات
threats-rules-answer = لا يغيّر عضو القواعد وحده: يلزم أكثر من عضو، ويرى الجميع من وافق.
threats-rules-now = القواعد
threats-needed = { $needed } من { $members } أعضاء
threats-needed-label = يحتاج التغيير إلى
threats-more-than = أكثر من { $percent }%
threats-custodians = من يكشف الأسماء المستعارة
threats-custodians-none = لم يُسمَّ أحد.
threats-custodians-text = يستطيع اثنان منهم معًا كشف من وراء اسم مستعار.
threats-proposals-open = للقرار
threats-proposals-none = لا شيء مفتوح.
threats-proposals-decided = ما تقرر
threats-proposal-count = وافق { $given } من { $needed }
threats-proposed-by = اقترحه { $org }
threats-propose-title = اقترح تغييرًا
threats-propose-rules = تغيير القواعد
threats-propose-collection = إضافة مجلد أو تغييره
threats-propose-admit = قبول جهة
threats-propose-exclude = إخراج عضو
threats-propose-custodians = تسمية من يكشف الأسماء المستعارة
threats-propose-answer-rules = يرى الأعضاء الآخرون الفرق ويقررون.
threats-propose-answer-collection = يقول المجلد من يقرؤه ومن يضيف إليه. يقرر الأعضاء الآخرون.
threats-propose-answer-admit = سيرى العضو الجديد ما هو TLP:GREEN، القديم منه أيضًا. يقرر الأعضاء الآخرون.
threats-propose-answer-exclude = لا صوت للعضو نفسه فيه. ويصبح سببكم عامًا.
threats-propose-answer-custodians = سمّ عضوين على الأقل لا يعتمد أحدهما على الآخر.
threats-propose-collection-change = غيّر مجلدًا موجودًا:
threats-choose-all = كل الأعضاء
threats-choose-these = المؤشَّر عليهم أدناه
threats-choose-table-hint = يُعتد بالعمودين الأولين حيث اختير «المؤشَّر عليهم أدناه».
threats-choose-reads = يقرأ
threats-choose-writes = يضيف
threats-choose-circle = يتلقى AMBER
threats-choose-circle-hint = «يتلقى AMBER»: إليهم يذهب ما هو TLP:AMBER حين لا يسمّي من يشارك أحدًا.
threats-propose-check-answer = يسري حين يوافق { $needed } أعضاء. وأنتم توافقون باقتراحه.
threats-propose-voters = من له صوت: { $orgs }.
threats-record-propose = أن جهتكم تقترح هذا التغيير وتوافق عليه.
threats-act-propose = اقترحه
threats-proposal-difference = ما الذي سيتغير
threats-now = الآن
threats-after = كما اقتُرح
threats-changes = يتغير
threats-proposal-answer = يقترح { $org } هذا. وافق { $given } من { $needed } أعضاء يلزمون.
threats-proposal-ended = تقرر هذا.
threats-proposal-number = الاقتراح { $number }
threats-proposal-what = ما اقتُرح
threats-stands = مواقف الأعضاء
threats-stands-need = { $given } من { $needed } يلزمون.
threats-stand-for = موافق
threats-stand-against = معارض
threats-stand-none = لم يقل شيئًا
threats-stand-concerned = الأمر عن جهتكم: لا صوت لها فيه.
threats-stand-question = ما موقف جهتكم؟
threats-stand-choose-for = نوافق
threats-stand-choose-against = نعارض
threats-record-stand = موقف جهتكم علنًا.
threats-act-stand = قله
threats-outcome-open = مفتوح
threats-outcome-adopted = أُقرّ
threats-outcome-rejected = لم يُقرّ
threats-outcome-overtaken = تجاوزه تغيير آخر
threats-history = ما جرى
threats-change-admit = قبول { $org }
threats-change-exclude = إخراج { $org }
threats-change-rules = تغيير القواعد
threats-change-collection = تغيير المجلد { $title }
threats-change-collection-new = إضافة المجلد { $title }
threats-change-custodians = تسمية من يكشف الأسماء المستعارة
threats-no-member = ليس عضوًا
threats-member-as = عضو ({ $sector })
threats-consequence-admit = إن وافق ما يكفي من الأعضاء صارت الجهة عضوًا فورًا، ورأت ما هو TLP:GREEN، وما شورك من قبل أيضًا.
threats-consequence-exclude = إن وافق ما يكفي من الأعضاء لم ترَ الجهة جديدًا من المجموعة. ويبقى ما شاركته. والسبب عام.
threats-consequence-rules = إن وافق ما يكفي من الأعضاء سرت القواعد الجديدة على الجميع فورًا. ويبقى وسم ما شورك من قبل.
threats-consequence-collection = إن وافق ما يكفي من الأعضاء سرى هذا فورًا. ومن لم يعد يقرأ المجلد لا يرى منه شيئًا.
threats-consequence-custodians = إن وافق ما يكفي من الأعضاء استطاع هؤلاء كشف الأسماء المستعارة، اثنين معًا.
threats-join-title = الانضمام إلى { $name }
threats-join-answer = اقرأ القواعد. تسري على جهتكم منذ انضمامها.
threats-join-looked = قرأت القواعد، وأنضم عن جهتي.
threats-join-consequence = يرى الجميع أن جهتكم عضو. وتبدأ المجموعة حين ينضم المؤسسون كلهم.
threats-join-record = أن جهتكم تنضم، علنًا.
threats-join-act = انضم
threats-leave-title = مغادرة { $name }
threats-leave-link = مغادرة هذه المجموعة
threats-leave-answer = لن تكون جهتكم عضوًا بعد ذلك.
threats-leave-looked = أفهم ذلك، وأغادر عن جهتي.
threats-leave-consequence = لا ترون من المجموعة بعد ذلك إلا ما هو عام. ويبقى ما شاركته جهتكم باسمها. وللعودة يجب أن يقبلها الأعضاء.
threats-leave-record = أن جهتكم تغادر، علنًا.
threats-leave-act = غادر المجموعة
threats-seen-title = رأينا هذا أيضًا
threats-seen-text = يساعد الآخرين على معرفة مدى انتشاره.
threats-seen-open = قل إنكم رأيتموه
threats-seen-act = أخبر الآخرين
threats-field-count = كم مرة
threats-field-count-hint = عدد؛ ويكفي التقدير.
threats-field-first = أول مرة
threats-field-last = آخر مرة
threats-field-note = ما رأيتم
threats-field-note-hint = يجوز تركه فارغًا. بلا أسماء أشخاص.
threats-record-answer = رد من جهتكم بوسم ما ترد عليه. وما ليس للمجموعة كلها يذهب إلى من شاركه خلال { $seconds } ثانية.
threats-doubt-title = هذا إنذار كاذب
threats-doubt-text = يعلم به من شاركه، ويرى الآخرون أن أحدًا يشك فيه.
threats-doubt-open = قل إنه إنذار كاذب
threats-doubt-act = أبلغ عن الإنذار الكاذب
threats-field-why = لماذا
threats-field-why-hint = مثلًا: «هذا عنوان نشرتنا نحن».
threats-doubted-title = هناك من يشك في هذا
threats-doubted-text = { $count ->
    [one] يقول عضو واحد إنه إنذار كاذب أو لا يوافق.
   *[other] أعضاء يقولون إنه إنذار كاذب أو لا يوافقون: { $count }.
 }
threats-withdraw-title = إخراج هذا
threats-alert-link = كتابة تنبيه بشأن هذا
threats-withdraw-link = أخرج هذا من المجلد
threats-withdraw-answer = { $count ->
    [one] سيُخرج «{ $title }» من المجلد.
   *[other] سيُخرج «{ $title }» من المجلد بإصداراته كلها ({ $count }).
 }
threats-withdraw-looked = أفهم ذلك، وأخرجه.
threats-withdraw-consequence = لا يجده أحد هنا بعد ذلك. ومن قرأه ما زال عنده، ويحفظ السجل أنه كان هنا.
threats-record-withdraw = أن جهتكم فعلت شيئًا في هذه المجموعة، لا ما أخرجته.
threats-record-withdraw-public = أن جهتكم أخرجت هذا الشيء العام.
threats-withdraw-act = أخرجه
threats-share-title = شارك شيئًا
threats-share-answer = ماذا رأيت؟ تختار في الخطوة التالية من يتلقاه.
threats-step-what = ماذا
threats-step-whom = لمن
threats-step-check = مراجعة
threats-share-form = رأيت شيئًا
threats-field-sort = ما هو؟
threats-seen-sort-domain = اسم موقع أو خادم، مثل results.example
threats-seen-sort-url = عنوان صفحة، مثل https://results.example/login
threats-seen-sort-address = عنوان إنترنت، مثل 203.0.113.7، أو كتلة منها
threats-seen-sort-email = عنوان بريد إلكتروني
threats-seen-sort-hash = بصمة ملف (hash)
threats-seen-sort-text = شيء آخر، بالكلمات
threats-field-value = الاسم أو العنوان أو البصمة
threats-field-value-hint = واحد في كل سطر. يصلح «results[.]example». ولشيء آخر: عنوان رئيس.
threats-field-seen = ما الذي جرى
threats-field-seen-hint = ماذا رأيت، وأين، ولماذا يقلقك. بلا أسماء أشخاص.
threats-field-since = منذ متى
threats-field-until = أي يوم
threats-field-until-hint = لخيار «حتى يوم»: اليوم الذي يكف فيه الآخرون عن العمل به.
threats-field-sure = ما مدى يقينك؟
threats-sure-choice-unsaid = أفضّل ألا أقول
threats-sure-choice-low = قليل: ينبغي أن ينظر فيه أحد
threats-sure-choice-medium = متوسط
threats-sure-choice-high = كبير: نظرنا فيه عن قرب
threats-share-file = عندي ملف من برنامج
threats-share-file-text = STIX 2.1 أو حدث MISP أو جدول (CSV) فيه عمود أسماء أو عناوين.
threats-field-file = الملف
threats-field-file-hint = على الأكثر { $max } MiB.
threats-act-read-file = اقرأ الملف
threats-share-text = عندي نص أو قائمة
threats-field-paste = النص
threats-field-paste-hint = قائمة أو جدول أو تحذير وصلك: تُستخرج منه الأسماء والعناوين والبصمات. ويُقرأ STIX وMISP بصيغة JSON أيضًا.
threats-act-read-text = اقرأ النص
threats-act-next = تابع
threats-nothing-yet = لم يُتشارَك شيء بعد
threats-nothing-yet-text = سترى بالضبط ماذا يذهب إلى من قبل أن يُتشارَك شيء.
threats-whom-title = من يتلقاه؟
threats-whom-answer = { $count ->
    [one] قُرئ شيء واحد.
   *[other] الأشياء المقروءة: { $count }.
 }
threats-field-where = أين
threats-field-label = الوسم
threats-field-label-hint = يقول الوسم من يجوز أن يكون عنده. اختر أوسع ما لا يضر: ما لا يعرفه أحد لا يحمي أحدًا.
threats-field-to = جهات لوسمي AMBER وRED
threats-field-to-hint = لهذين الوسمين فقط. إن لم تسمِّ أحدًا: يذهب AMBER إلى من يسميهم المجلد، وRED إليكم وحدكم.
threats-marked-title = لبعضها وسمه
threats-marked-text = { $marked } من { $count } لها وسم يبقى. والوسم الذي تختاره للباقي.
threats-act-look = انظر من سيتلقاه
threats-act-again = ابدأ من جديد
threats-last-look = نظرة أخيرة
threats-last-look-answer = { $count ->
    [0] لن يُتشارَك شيء.
    [one] سيُتشارَك شيء واحد في { $collection }.
   *[other] الأشياء التي ستُتشارَك في { $collection }: { $count }.
 }
threats-public-title-warn = سيراه الجميع
threats-public-text = { $count ->
    [one] شيء واحد TLP:CLEAR: يُنشر فورًا.
   *[other] أشياء هي TLP:CLEAR: { $count }. تُنشر فورًا.
 }
threats-failures = { $count ->
    [one] واحد لن يُؤخذ
   *[other] لن يُؤخذ: { $count }
 }
threats-fail-other = لشيء آخر هذا المعرّف وهذا الإصدار. اصنع إصدارًا جديدًا منه أو شيئًا جديدًا.
threats-fail-foreign = هو لعضو آخر: صانعه وحده يصنع إصداراته. رُدّ عليه بدلًا من ذلك.
threats-there = { $count ->
    [one] واحد موجود أصلًا.
   *[other] الموجود أصلًا: { $count }.
 }
threats-unknown-marking = { $count ->
    [one] لواحد علامة لا تُعرف هنا. يُعد TLP:RED.
   *[other] لبعضها علامة لا تُعرف هنا: { $count }. تُعد TLP:RED.
 }
threats-planned = ماذا يذهب إلى من
threats-planned-more = { $count ->
    [one] وواحد آخر غير معروض.
   *[other] وغير المعروض: { $count }.
 }
threats-with-whom = من يتلقاه
threats-whom-everybody = الجميع، علنًا
threats-whom-members = كل الأعضاء: { $orgs }
threats-whom-nobody = جهتكم وحدها
threats-share-consequence = ما قرأه الآخرون لا يُسترد.
threats-record-share = أن جهتكم تشارك في هذه المجموعة؛ ولا يُعلن ماذا ولا مع من، إلا ما كان TLP:CLEAR.
threats-record-share-waits = { $count ->
    [one] يخرج شيء واحد مع الدفعة التالية خلال { $seconds } ثانية.
   *[other] ما يخرج مع الدفعة التالية خلال { $seconds } ثانية: { $count }.
 }
threats-act-share = شاركه
threats-problems = ما الخطأ في المحتوى
threats-problems-count = { $count ->
    [one] ملاحظة واحدة على المحتوى
   *[other] ملاحظات على المحتوى: { $count }
 }
threats-problem-place = الشيء { $number }
threats-problem-left-out = تُرك
threats-problem-look = انظر فيه
threats-problem-id = ليس له معرّف أو نوع صالح. صححه: المعرّف هو النوع وشرطتان وUUID.
threats-problem-time = هذا الوقت لا يصلح. اكتبه هكذا: 2026-11-03T20:00:00.000Z.
threats-problem-large = هو كبير أو عميق أكثر مما يؤخذ. قسّمه.
threats-problem-reference = ينبغي أن يكون هنا معرّف شيء آخر. صححه.
threats-problem-json = ليس JSON صحيحًا. صدّره ثانية أو صححه في هذا الموضع.
threats-problem-required = ينقص ما يحتاجه هذا النوع. أضفه لتفهمه برامج أخرى.
threats-problem-value = ليس على الصورة المطلوبة. صحح العنوان أو الاسم أو البصمة.
threats-problem-standard = يخالف هذا STIX 2.1. قد تتركه برامج أخرى.
threats-problem-pattern = لا يمكن قراءة النمط، ولن يجد به برنامج شيئًا: { $why }
threats-problem-more = { $count ->
    [one] وملاحظة أخرى غير معروضة.
   *[other] وملاحظات غير معروضة: { $count }.
 }
threats-status-title = ماذا صار به
threats-status-pending = { $count ->
    [one] يخرج شيء واحد مع الدفعة التالية خلال { $seconds } ثانية.
   *[other] ما يخرج مع الدفعة التالية خلال { $seconds } ثانية: { $count }.
 }
threats-status-done = { $count ->
    [one] شورك.
   *[other] شوركت كلها: { $count }.
 }
threats-status-none = لم يُتشارَك شيء.
threats-status-shared = شورك
threats-status-waits = ينتظر الدفعة
threats-status-failed = لم يؤخذ
threats-status-there = كان موجودًا أصلًا.
threats-status-again = انظر ثانية
threats-status-back = إلى المجموعة
threats-status-kept = تبقى هذه الصفحة يومين.
threats-wrong-founders = اختر جهة أخرى على الأقل.
threats-wrong-label = اختر وسمًا.
threats-wrong-percent = أدخل عددًا صحيحًا من 50 إلى 99.
threats-wrong-title = أدخل عنوانًا.
threats-wrong-stand = اختر أتوافقون أم تعارضون.
threats-wrong-looked = أشّر على المربع أولًا.
threats-wrong-org = اختر جهة.
threats-wrong-count = أدخل عددًا فوق الصفر، أرقامًا فقط.
threats-wrong-day = أدخل يومًا مثل 2026-11-03.
threats-wrong-order = النهاية قبل البداية. صحح إحداهما.
threats-wrong-reason = قل لماذا. يحتاج من شاركه إلى معرفته.
threats-wrong-text = أدخل نصًا لا يزيد على { $max } حرفًا.
threats-wrong-sort = اختر ما هو.
threats-wrong-headline = أدخل سطرًا واحدًا عنوانًا رئيسًا.
threats-wrong-values = أدخل واحدًا على الأقل و{ $max } على الأكثر، كل منها في سطر.
threats-wrong-value-domain = ليس هذا اسم موقع. يشبه results.example بلا https:// وبلا فراغات.
threats-wrong-value-url = ليس هذا عنوان صفحة. يبدأ بـ https:// أو http://.
threats-wrong-value-address = ليس هذا عنوان إنترنت. يشبه 203.0.113.7، أو 203.0.113.0/24 لكتلة.
threats-wrong-value-email = ليس هذا عنوان بريد إلكتروني.
threats-wrong-value-hash = ليست هذه بصمة: 32 أو 40 أو 64 أو 128 من الرموز 0-9 وa-f.
threats-wrong-nothing = لا شيء فيه. اختر ملفًا أو ألصق النص.
threats-wrong-large = هذا أكثر من { $max } MiB. أرسله ببرنامج (TAXII).
threats-wrong-envelope = لا يمكن قراءة هذا على أنه STIX: { $why }
threats-wrong-many = هذه أكثر من { $max } شيء. أرسلها ببرنامج (TAXII).
threats-wrong-empty = لا أشياء فيه.
threats-wrong-collection = اختر أين تشاركه.
threats-wrong-waited = انتظرت أكثر من ساعة. لم يُتشارَك شيء؛ ابدأ من جديد.
threats-wrong-changed = تغيّر شيء منذ نظرت. لم يُتشارَك شيء؛ انظر ثانية.
threats-public-home = البداية
threats-public-title = ما يهدد الانتخابات
threats-public-list-answer = تتشارك جهات ما يهدد الانتخابات. هنا من يشارك، وبأي قواعد، وما نشروه.
threats-public-none = لا مجموعة بعد.
threats-public-how-title = لماذا ليس كل شيء هنا
threats-public-how-text = أكثر ما يُتشارَك للأعضاء، كي لا يعلم المهاجمون ما يُعرف عنهم. أما من هم الأعضاء وما قواعدهم وكيف صوّت كل منهم فعام لا يمكن تغييره بعد ذلك.
threats-public-line = { $members ->
    [one] عضو واحد
   *[other] الأعضاء: { $members }
 }، { $public ->
    [0] لا شيء منشور
    [one] مجلد عام واحد
   *[other] المجلدات العامة: { $public }
 }
threats-public-answer = { $members ->
    [one] جهة واحدة تشارك هنا ما يهدد الانتخابات.
   *[other] الجهات التي تتشارك هنا ما يهدد الانتخابات: { $members }.
 }
threats-public-objects = ما نُشر
threats-public-objects-none = لم يُنشر شيء بعد.
threats-public-no-collection = ليس لهذه المجموعة مجلد عام.
threats-public-decisions = ما اقتُرح وتقرر
threats-public-machines = تقرأ البرامج ما هو عام عبر TAXII 2.1 تحت ‎/taxii2/‎ وهذا الرمز:
threats-sector-election-body = هيئة انتخابات
threats-sector-cert = فريق أمن
threats-sector-party = حزب أو حملة
threats-sector-media = إعلام
threats-sector-civil-society = مجتمع مدني
threats-sector-platform = منصة
threats-sector-vendor = مورّد
threats-sector-other = غير ذلك
threats-wrong-text-form = ليس هذا نصًا (UTF-8) ولا JSON.
threats-wrong-no-signs = لم يوجد فيه اسم ولا عنوان ولا بصمة.
threats-problem-line = السطر { $line }
threats-paste-time = ليس هذا وقتًا. اكتبه هكذا: 2026-11-27.
threats-paste-label = ليس هذا وسمًا. اكتبه هكذا: TLP:GREEN.
threats-paste-type = القيمة ليست من هذا النوع. صحح أحدهما.
threats-paste-none = لا اسم هنا ولا عنوان ولا بصمة.
threats-paste-broken = لا يمكن قراءة الجدول من هنا. انظر علامات الاقتباس.
threats-paste-left-out = يشبه هذا اسمًا أو عنوانًا أو بصمة وليس كذلك. صححه إن كان مهمًا.
threats-doubt-wide = حجب هذا يحجب كثيرين غيره.
threats-doubt-nothing = لا يقول هذا شيئًا: ليس لأحد بعينه.
threats-doubt-source = هو هناك للنقر: لعله مصدر لا خطر.
threats-doubt-scheme = لم يسبقه https://؛ أُضيف http://.
threats-doubt-scripts = يخلط أبجديات كما تفعل التقليدات. انظر عن قرب.
threats-doubt-other = قد يكون شيئًا آخر، كاسم ملف أو إصدار.
threats-wrong-custodians = اختر عضوين على الأقل.
