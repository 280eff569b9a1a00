# Copies without some of it, pseudonyms, days of publication
# Not reviewed by a native speaker.
craft-object-title = ما يمكنكم فعله به
craft-copy-link = اصنع نسخة من دون بعضه
craft-copy-hint = لقراء يجوز لهم الباقي.
craft-day-link = اجعله علنيًا في يوم محدد
craft-day-change-link = غيّر اليوم الذي يصبح فيه علنيًا
craft-day-hint = يصبح عندئذ TLP:CLEAR من نفسه.
craft-ask-link = اسأل من وراء اسم مستعار
craft-ask-hint = للأمناء، بسبب قانوني.
craft-kept-title = جزء منه يحجبه عن غيركم
craft-kept-text = خاصية فيه لقراء أقل من قراء الباقي، فلا يرى الشيءَ كله إلا هم. ويمكن أن تصل نسخة من دونها إلى الآخرين.
craft-released-title = جعله صاحبه علنيًا
craft-released-since = علني منذ
craft-own-under = شاركته جهتكم بهذا الاسم؛ ولا يرى غيركم إلا الاسم.
craft-what-is-pseudonym = ما الاسم المستعار
craft-copy-title = اصنع نسخة من دون بعضه
craft-copy-answer = اختر ما لا يحصل عليه الآخرون. النسخة شيء جديد، ويبقى الأصل كما هو.
craft-copy-others-title = هو لعضو آخر
craft-copy-others-text = يجوز أن تنقل أقل منه، ولا يتجاوز ما يسمح به وسمه.
craft-copy-pseudonym-title = للنسخة الاسم المستعار نفسه
craft-copy-pseudonym-text = شاركتم الأصل باسم «{ $name }». وتخرج النسخة بهذا الاسم أيضًا، وإلا كشفتكم.
craft-step-leave-out = ما يُحذف
craft-drop = ما تحذفه النسخة
craft-drop-hint = ضع علامة على ما لا يحصل عليه الآخرون.
craft-drop-marked = { $count ->
    [one] سطر واحد موسوم لقراء أقل من الباقي، ووسمه بجانبه.
    [two] سطران موسومان لقراء أقل من الباقي، ووسم كل منهما بجانبه.
   *[other] أسطر موسومة لقراء أقل من الباقي: { $count }، ووسم كل منها بجانبه.
 }
craft-leave-out = احذف
craft-value = ما يقوله
craft-part = جزء:
craft-required = لا يقوم من دونه
craft-parts = { $count ->
    [one] مدخل واحد
    [two] مدخلان
    [few] { $count } مداخل
   *[other] { $count } مدخلًا
 }
craft-field-label = وسم النسخة
craft-field-label-hint = يجب أن يكون كل ما يبقى لهؤلاء القراء.
craft-field-into = إلى أين تذهب النسخة
craft-field-disclose = هل يجوز أن يعرف القراء بالأصل؟
craft-field-disclose-hint = رابط يقول إن النسخة صُنعت منه. ومعرّف الأصل يدل على أنه موجود.
craft-disclose-no = لا: لا يرى الرابط إلا من لديهم الأصل
craft-disclose-yes = نعم: تُربط النسخة بالأصل بمعرّفه
craft-act-look = انظر إلى النسخة
craft-placeholder = [محذوف]
craft-wrong-nothing = ضع علامة على شيء واحد على الأقل تحذفه النسخة.
craft-check-title = نظرة أخيرة إلى النسخة
craft-check-answer = من يحصل على النسخة: { $whom }.
craft-check-public = النسخة TLP:CLEAR: تُنشر حالًا.
craft-stays = ما تقوله النسخة
craft-left-out = ما تحذفه
craft-left-reference = (يؤدي إلى ما لا يراه قراء النسخة)
craft-replaced = بدلًا من { $what } تقول «[محذوف]»: لا تقوم من دونه.
craft-new-object = الشيء الجديد
craft-made-by = صنعته
craft-new-id = معرّفه
craft-original = الأصل
craft-original-named = يذهب الرابط إليه إلى قراء النسخة.
craft-original-kept = لا يعلم به قراء النسخة. ولا يذهب الرابط إلا إلى من لديهم الأصل.
craft-original-nowhere = لا يعلم به قراء النسخة. ولا يُسجل رابط، لأنكم لا تضيفون إلى مجلد الأصل.
craft-raw = للخبراء: النسخة كما تخرج (STIX)
craft-traces-title = قد يظهر شيء مما حُذف
craft-traces-text = انظر في كل منها. وإن كشف أحدها شيئًا فارجع واحذف أكثر.
craft-trace-text = «{ $piece }» فيما تحذفه ({ $what })، وما زال في: { $where }.
craft-trace-hash = بصمة أو ترميز لما تحذفه ({ $what }) في: { $where }. من يخمّن المحتوى يستطيع التحقق منه.
craft-trace-id = معرّف مصنوع مما تحذفه ({ $what }) في: { $where }. من يخمّن المحتوى يستطيع التحقق منه.
craft-trace-fingerprint = تحتفظ النسخة ببصمات. قد تكون لمحتوى تحذف جزءًا منه ({ $what })؛ ومن لديه ذلك المحتوى يتعرف عليه.
craft-trace-much = { $what } أكبر من أن يُقارن بالباقي. انظر بنفسك.
craft-looked = نظرت: ما يبقى لا يكشف شيئًا.
craft-act-share = شارك النسخة
craft-copies-title = { $count ->
    [one] لشيء واحد جزء لقراء أقل
    [two] لشيئين جزء لقراء أقل
   *[other] أشياء لها جزء لقراء أقل: { $count }
 }
craft-copies-text = جزء واحد موسوم TLP:RED يحجب الشيء كله عن قراء يجوز لهم TLP:GREEN. ويمكن أن تذهب إليهم معه نسخة من دون الجزء: شيء جديد لكم لا يسمّي الأصل.
craft-copies-choice = شارك أيضًا نسخة من دون هذه الأجزاء
craft-copies-back = لن يراه الآخرون. يمكنك أن تشارك نسخة من دون ذلك الجزء: ارجع وضع علامة في المربع.
craft-copies-many = نسخ كثيرة في مرة واحدة. شاركه أولًا واصنع النسخة في صفحته.
craft-uncopied-title = { $count ->
    [one] شيء واحد لا تذهب نسخة منه
    [two] شيئان لا تذهب نسخة منهما
   *[other] أشياء لا تذهب نسخ منها: { $count }
 }
craft-uncopied-text = قد يظهر فيها شيء مما حُذف. شارك الشيء واصنع النسخة في صفحته حيث تختار ما يُحذف أيضًا.
craft-copied = { $count ->
    [one] تذهب معه نسخة واحدة من دون جزئه الأضيق، مع رابط إلى الأصل لا يراه إلا قراء الأصل.
    [two] تذهب معه نسختان من دون الأجزاء الأضيق، مع كل منهما رابط لا يراه إلا قراء الأصل.
   *[other] نسخ تذهب معه من دون الأجزاء الأضيق: { $count }، مع كل منها رابط لا يراه إلا قراء الأصل.
 }
craft-is-copy = { $kind }، نسخة من دون الجزء الأضيق
craft-field-as = بأي اسم؟
craft-field-as-hint = الاسم المستعار يخفي عن الأعضاء الآخرين من شارك.
craft-as-name = باسمنا: { $org }
craft-as-pseudonym = باسم مستعار
craft-field-pseudonym = الاسم المستعار
craft-field-pseudonym-hint = من 3 إلى 60 من الحروف والأرقام والمسافات والشرطات والنقاط. لا شيء يدل عليكم.
craft-field-pseudonym-used = من 3 إلى 60 حرفًا. استعملتم: { $names }. وما له الاسم نفسه يُرى أنه من اليد نفسها.
craft-custodians-are = اثنان من هؤلاء معًا يكشفانه، بسبب في السجل العلني: { $orgs }.
craft-custodians-none = لم يُسمَّ أحد يمكنه كشفه. للأعضاء أن يقترحوا أمناء في صفحة القواعد.
craft-wrong-pseudonym = أدخل اسمًا مستعارًا.
craft-share-as = يخرج باسم «{ $name }»
craft-share-as-text = لا يرى الأعضاء الآخرون اسمكم. وينتظر كله الدفعة التالية، فلا يدل الوقت على شيء.
craft-record-hidden = يخرج مع الدفعة التالية خلال { $seconds } ثانية. يعرض السجل العلني الدفعة، ولا يعرض أنكم تشاركون شيئًا ولا ما هو ولا مع من.
craft-naming-title = النص يسمّي جهتكم
craft-naming-text = قد يستنتج من يقرؤه أنه منكم. احذف الاسم أو شاركه باسمكم.
craft-fail-names-owner = يحمل معرّف جهتكم صانعًا له، ويعرفه الجميع. احذف created_by_ref أو شاركه باسمكم.
craft-protects-title = ما يحميه الاسم المستعار وما لا يحميه
craft-protects-yes = يحمي
craft-protects-1 = اسمكم: تعرض الصفحات والبرامج والخلاصات والسجل العلني الاسم المستعار أو لا شيء.
craft-protects-2 = الوقت: يخرج مع الدفعة التالية مع ما يشاركه غيركم.
craft-protects-no = لا يحمي
craft-not-1 = ما تكتبونه: الأسماء والأماكن والأسلوب وما لا يعرفه إلا أنتم.
craft-not-2 = الصلة: كل ما له الاسم المستعار نفسه يُرى أنه من يد واحدة.
craft-not-3 = من أمينين معًا: يستطيعان كشفه. وأنهما فعلا ذلك ولماذا أمر علني.
craft-not-4 = ممن يشغّل هذا الخادم: لا بد أن يعرف الخادم من يشارك.
craft-pseudonyms-title = الأسماء المستعارة ومن يكشفها
craft-pseudonyms-answer = { $count ->
    [0] لم يسأل أحد من وراء اسم مستعار.
    [one] سأل الأمناء مرة واحدة من وراء اسم مستعار؛ { $open ->
        [0] وانتهى الطلب.
       *[other] والطلب مفتوح.
     }
   *[other] طلبات الأمناء عمّن وراء اسم مستعار: { $count }؛ المفتوح منها: { $open }.
 }
craft-requests = الطلبات
craft-requests-none = لا شيء حتى الآن.
craft-request = الطلب { $number }
craft-reason = السبب
craft-asked-by = سألت
craft-asked-at = متى
craft-about = الاسم المستعار:
craft-request-open = ينتظر أمينًا ثانيًا
craft-request-opened = كُشف
craft-request-refused = رُفض
craft-how-title = كيف يُكشف اسم مستعار
craft-how-1 = يسأل أمين، بسبب قانوني يقرؤه الجميع.
craft-how-2 = يوافق أمين ثانٍ من جهة أخرى أو يرفض.
craft-how-3 = إن وافق عرف هذان أي جهة هي، ولا أحد غيرهما. ويقول السجل إلى الأبد إن ذلك حدث ومن فعله ولماذا، ولا يقول أي جهة كانت.
craft-own-pseudonyms = أسماؤكم المستعارة
craft-own-pseudonyms-text = لا يرى هذا إلا جهتكم.
craft-ask-title = اسأل من وراء اسم مستعار
craft-ask-answer = يجب أن يوافق أمين ثانٍ: { $orgs }.
craft-ask-pseudonym-hint = كما هو بجانب الشيء.
craft-field-reason = السبب القانوني
craft-field-reason-hint = القانون أو الأمر وموضوعه. يستطيع الجميع قراءته، فلا مكان هنا لأسماء أشخاص.
craft-wrong-reason = قل لماذا. لا يكشف أحد اسمًا مستعارًا من دون سبب.
craft-ask-looked = أسأل باسم جهتي، ويجوز أن يكون السبب علنيًا.
craft-ask-consequence = يرى الأعضاء أنكم تسألون ولماذا. أما الاسم المستعار فلا يعرفه إلا الأمناء.
craft-record-ask = أن جهتكم تسأل، والسبب، علنًا؛ والاسم المستعار للأمناء وحدهم.
craft-ask-act = اسأل
craft-request-answer = تسأل { $org } من وراء اسم مستعار.
craft-pseudonym-hidden = لا يعرف أيّ اسم هو إلا الأمناء.
craft-owner-title = من وراءه
craft-owner-text = لا يرى هذا إلا الأمينان اللذان كشفاه، ومنهما المديرون وحدهم. لا تنقله إلا بقدر ما يصل إليه السبب.
craft-waits-second = على أمين من جهة أخرى الآن أن يوافق أو يرفض.
craft-answer-title = أنتم الأمين الثاني
craft-answer = هل يُكشف؟
craft-answer-hint = انظر إلى السبب، لا إلى من قد يكون وراءه.
craft-answer-agree = أوافق: يُكشف لنا نحن الاثنين
craft-answer-refuse = أرفض
craft-refusal-field = لماذا ترفض
craft-refusal-hint = إن رفضت فقط. سيكون في السجل العلني.
craft-refusal = لماذا رُفض
craft-wrong-answer = اختر أن توافق أو ترفض.
craft-wrong-refusal = قل لماذا ترفض.
craft-answer-looked = نظرت في السبب، وأقرر باسم جهتي.
craft-answer-consequence = إن وافقتم عرفتم أنتم ومن سأل حالًا أي جهة هي. وإن رفضتم انتهى الطلب، ويحتاج طلب جديد إلى سبب جديد.
craft-record-answer = أن جهتكم توافق، أو ترفض ولماذا، علنًا؛ لا أي جهة هي.
craft-answer-act = قرّر
craft-on-record = ما في السجل
craft-on-record-text = يقرأ الجميع أن هذا حدث ومن فعله ولماذا. ويعرف الأمناء الاسم المستعار، ويعرف الجهةَ الاثنان اللذان كشفاه.
craft-moment-asked = سألت { $org }
craft-moment-opened = وافقت { $org }: كُشف
craft-moment-refused = رفضت { $org }
craft-task-answer = قرّروا مع { $org } كشف اسم مستعار
craft-day-title = متى يصبح علنيًا
craft-day-set = يصبح علنيًا:
craft-day-none = لم يُحدد يوم: يبقى كما يقول وسمه.
craft-day-waits-title = ينتظر الدفعة التالية
craft-day-waits-text = يُسجل اليوم خلال { $seconds } ثانية.
craft-day-parts-title = جزء منه لقراء أقل
craft-day-parts-text = ما وُسم أضيق من الباقي لا يصبح علنيًا، فلا يمكن تحديد يوم. اصنع نسخة من دونه وحدد يومًا للنسخة.
craft-day-unseen-title = يسمّي ما ليس علنيًا
craft-day-unseen-text = تصبح معرّفات هذه علنية معه؛ أما ما تقوله فلا.
craft-day-collection-title = مجلده ليس علنيًا
craft-day-collection-text = في يومه يكون في السجل العلني. ولا تعرض الصفحات العلنية إلا المجلدات العلنية، وليس «{ $collection }» منها.
craft-field-day = اليوم
craft-field-day-hint = يصبح علنيًا حين يبدأ هذا اليوم ({ $zone }).
craft-day-looked = أفهم أن الجميع يقرؤه منذ ذلك اليوم.
craft-day-consequence = في ذلك اليوم تصبح النسخة الأحدث TLP:CLEAR من نفسها. وحتى ذلك الحين يمكنكم تغيير اليوم أو إلغاؤه؛ وبعده لا يُسترد شيء.
craft-record-day = اليوم، مع الدفعة التالية، خلال { $seconds } ثانية. ولا يراه قبل أن يأتي إلا جهتكم.
craft-day-set-act = حدد اليوم
craft-day-change-act = غيّر اليوم
craft-day-lift-act = ألغِ اليوم
craft-back = العودة إلى الشيء
craft-days-title = ما يصبح علنيًا
craft-days-answer = { $count ->
    [0] لا شيء من { $org } ينتظر أن يصبح علنيًا.
    [one] شيء واحد من { $org } ينتظر أن يصبح علنيًا.
    [two] شيئان من { $org } ينتظران أن يصبحا علنيين.
   *[other] أشياء من { $org } تنتظر أن تصبح علنية: { $count }.
 }
craft-days-none = لم يُحدد يوم
craft-days-none-text = في صفحة ما شاركته جهتكم يمكنكم تحديد اليوم الذي يقرؤه فيه الجميع.
craft-days-own = لا يرى هذه القائمة إلا جهتكم.
craft-days-public = انظر ما أصبح علنيًا
craft-label-now = الوسم الآن
craft-becomes-public = يصبح علنيًا
craft-day-recorded = مسجّل
craft-day-waits = ينتظر الدفعة
craft-day-held = موقوف: في نسخة أحدث أجزاء أضيق
craft-public-since = علني منذ
craft-public-since-line = علني منذ
craft-released-text = كان قبل ذلك للأعضاء. وقد حدد صاحبه هذا اليوم.
craft-public-all = كل ما نُشر
craft-public-released = ما أصبح علنيًا في يوم محدد
craft-public-released-none = لم يصبح شيء علنيًا في يوم محدد بعد.
craft-property-name = الاسم
craft-property-description = الوصف
craft-property-pattern = ما يُبحث عنه (النمط)
craft-property-value = القيمة
craft-property-valid-from = يسري من
craft-property-valid-until = يسري حتى
craft-property-indicator-types = نوع العلامة
craft-property-confidence = درجة التأكد (من 0 إلى 100)
craft-property-labels = كلمات دالة
craft-property-external-references = مصادر في مواضع أخرى
craft-property-kill-chain-phases = مراحل الهجوم
craft-property-aliases = أسماء أخرى
craft-property-abstract = ملخص
craft-property-content = النص
craft-property-explanation = الشرح
craft-property-opinion = الرأي
craft-property-authors = الكتّاب
craft-property-published = نُشر في
craft-property-report-types = نوع التقرير
craft-property-context = السياق
craft-property-object-refs = موضوعه
craft-property-sighting-of-ref = ما شوهد
craft-property-where-sighted-refs = من شاهده
craft-property-observed-data-refs = ملاحظات
craft-property-count = كم مرة
craft-property-first-seen = أول مشاهدة
craft-property-last-seen = آخر مشاهدة
craft-property-first-observed = أول ملاحظة
craft-property-last-observed = آخر ملاحظة
craft-property-number-observed = كم مرة لوحظ
craft-property-relationship-type = نوع الرابط
craft-property-source-ref = الرابط من
craft-property-target-ref = الرابط إلى
craft-property-goals = الغايات
craft-property-objective = الهدف
craft-property-sophistication = المهارة
craft-property-resource-level = الوسائل
craft-property-primary-motivation = الدافع
craft-property-malware-types = نوع البرنامج
craft-property-infrastructure-types = نوع الخوادم
craft-property-threat-actor-types = نوع المهاجم
craft-property-hashes = البصمات
craft-property-size = الحجم
craft-property-url = العنوان
craft-property-extensions = الإضافات
craft-property-lang = اللغة
