alerts-nav = التنبيهات
alertnet-home-title = من يصل إليه التنبيه
alertnet-home-answer = مراكز الاقتراع ومن يُتصل بهم وتسلسل السلطة في كل انتخاب.
alertnet-home-none = لا يوجد انتخاب بعد
alertnet-home-none-text = يُعرَّف الانتخاب في مكتب النتائج، ثم تُستورد هنا مراكز اقتراعه.
alertnet-election = الانتخاب
alertnet-day = اليوم
alertnet-state = الحالة
alertnet-state-empty = لا مراكز اقتراع
alertnet-state-no-contacts = لا جهات اتصال
alertnet-state-renew = جهات اتصال تحتاج إلى تجديد
alertnet-state-ready = جاهز
alertnet-stations = مراكز الاقتراع
alertnet-areas = المناطق
alertnet-voters = الناخبون المسجلون
alertnet-number = الرقم
alertnet-name = الاسم
alertnet-unit = الرمز في السجل
alertnet-area = المنطقة
alertnet-overview-answer = { $stations ->
    [one] مركز اقتراع واحد
    [two] مركزا اقتراع
    [few] { $stations } مراكز اقتراع
    [many] { $stations } مركز اقتراع
   *[other] { $stations } مركز اقتراع
 } في { $areas ->
    [one] منطقة واحدة
    [two] منطقتين
    [few] { $areas } مناطق
    [many] { $areas } منطقة
   *[other] { $areas } منطقة
 }؛ لدى { $reached } منها جهة اتصال سارية.
alertnet-overview-empty = لم يُستورد شيء بعد: ابدأ بمراكز الاقتراع.
alertnet-tasks = ما يجب توفره قبل أي تنبيه
alertnet-task-done = تم
alertnet-task-missing = مطلوب
alertnet-task-later = لاحقًا
alertnet-task-stations = مراكز الاقتراع والمناطق
alertnet-task-stations-none = من سجل مراكز الاقتراع أو من قائمتين.
alertnet-task-stations-hint = { $stations } من مراكز الاقتراع، { $areas } من المناطق
alertnet-task-contacts = جهات الاتصال
alertnet-task-contacts-hint = لدى { $reached } من { $stations } من مراكز الاقتراع جهة اتصال سارية
alertnet-task-line = تسلسل السلطة
alertnet-task-line-set = محدد لهذا الانتخاب
alertnet-task-line-default = غير محدد: يُعمل بالتسلسل المعتاد
alertnet-task-kit = الحزمة المطبوعة للمراكز
alertnet-task-kit-hint = طُبعت { $printed } ورقة مختومة لـ { $stations } من مراكز الاقتراع، الجيل { $generation }
alertnet-version-title = مراكز الاقتراع السارية
alertnet-version = الإصدار
alertnet-reason = السبب
alertnet-reason-hint = لماذا يحل هذا الإصدار محل السابق. يستطيع الجميع قراءته.
alertnet-stations-title = مراكز الاقتراع
alertnet-stations-in = { $name } ({ $code }): { $stations } من مراكز الاقتراع.
alertnet-stations-all = { $stations } من مراكز الاقتراع في كل المناطق.
alertnet-all-areas = كل المناطق
alertnet-areas-below = المناطق داخلها
alertnet-more-areas = { $more ->
    [one] منطقة أخرى واحدة
    [two] منطقتان أخريان
    [few] { $more } مناطق أخرى
    [many] { $more } منطقة أخرى
   *[other] { $more } منطقة أخرى
 }: اختر أولًا منطقة أكبر.
alertnet-areas-csv = المناطق بصيغة CSV
alertnet-no-contact = لا أحد
alertnet-contact-count = { $count ->
    [zero] لا جهة اتصال
    [one] جهة اتصال واحدة
    [two] جهتا اتصال
    [few] { $count } جهات اتصال
    [many] { $count } جهة اتصال
   *[other] { $count } جهة اتصال
 }
alertnet-import-title = استيراد مراكز الاقتراع
alertnet-import-again = استيراد من جديد
alertnet-import-answer = خذها من السجل المدوَّن لهذا الانتخاب، أو أحضر قائمتين.
alertnet-from-registry = من سجل مراكز الاقتراع
alertnet-from-registry-text = في الإصدار { $version } من السجل { $units } من مراكز الاقتراع. تُكوَّن المناطق من الأماكن التي فوقها.
alertnet-no-registry = لا سجل لمراكز الاقتراع مدوَّن لهذا الانتخاب. يُستورد في مكتب النتائج.
alertnet-act-registry = أخذ السجل
alertnet-from-files = من قائمتين
alertnet-from-files-text = المناطق أولًا ثم مراكز الاقتراع. CSV بترميز UTF-8، والصف الأول يسمي الأعمدة.
alertnet-file-areas = قائمة المناطق
alertnet-file-areas-hint = { $max } ميغابايت على الأكثر. الأعمدة:
alertnet-file-stations = قائمة مراكز الاقتراع
alertnet-file-stations-hint = أرقام أقل من مليون. الأعمدة الثلاثة الأولى وحدها لازمة؛ ومع الإحداثيات (درجات عشرية) تكون هناك خريطة. الأعمدة:
alertnet-placed = { $count } من { $stations } مركز اقتراع لها إحداثيات: تظهر على خريطة وصول التنبيه.
alertnet-read = قُرئ
alertnet-areas-wait = { $areas } من المناطق تنتظر مراكز اقتراعها.
alertnet-areas-kept = دون قائمة جديدة تبقى المناطق { $areas } من الإصدار { $version }.
alertnet-act-areas = قراءة المناطق
alertnet-act-stations = قراءة مراكز الاقتراع
alertnet-nothing-yet = لم يُدوَّن شيء بعد
alertnet-nothing-yet-text = ترى ما سيتغير قبل أن تؤكد.
alertnet-cancel = إلغاء
alertnet-problem = خطأ
alertnet-problems = ما هو خطأ
alertnet-problem-value = المكتوب: { $value }
alertnet-problem-closest = ربما المقصود: { $closest }
alertnet-place-row = ، الصف { $row }
alertnet-place-column = ، العمود { $column }
alertnet-wrong-problems = لا يمكن أخذ الملف كما هو. كل ما هو خطأ مكتوب أدناه.
alertnet-wrong-file = اختر ملفًا.
alertnet-wrong-utf8 = الملف ليس نصًا بترميز UTF-8. احفظه بصيغة CSV UTF-8.
alertnet-wrong-areas-first = اقرأ قائمة المناطق أولًا.
alertnet-wrong-until = اذكر يومًا من اليوم فصاعدًا، خلال ثلاثة عشر شهرًا على الأكثر.
alertnet-source-registry = سجل مراكز الاقتراع، الإصدار { $version }
alertnet-check-title = ما الذي سيتغير
alertnet-check-answer = { $stations } من مراكز الاقتراع في { $areas } من المناطق، { $voters } من الناخبين المسجلين.
alertnet-changes = مقارنة بالإصدار السابق
alertnet-changes-none = لا مركز يأتي أو يذهب أو ينتقل؛ تختلف أسماء أو أعداد ناخبين.
alertnet-change-added = مراكز مضافة
alertnet-change-gone = مراكز لم تعد موجودة
alertnet-change-moved = مراكز في منطقة أخرى
alertnet-change-areas-added = مناطق مضافة
alertnet-change-areas-gone = مناطق لم تعد موجودة
alertnet-changes-some = بعضها
alertnet-area-before = المنطقة سابقًا
alertnet-area-now = المنطقة الآن
alertnet-new = جديد
alertnet-gone = لم يعد موجودًا
alertnet-reassigned = { $count ->
    [one] رقم واحد صار لمركز آخر
    [two] رقمان صارا لمركزين آخرين
    [few] { $count } أرقام صارت لمراكز أخرى
    [many] { $count } رقما صار لمراكز أخرى
   *[other] { $count } رقم صار لمراكز أخرى
 }
alertnet-reassigned-text = الورقة المختومة بهذا الرقم ستكون لمركز آخر. أبقِ الأرقام، أو اطبع جيلًا جديدًا من الأوراق.
alertnet-record-network = قائمة المناطق ومراكز الاقتراع، يقرؤها الجميع، إصدارًا تاليًا.
alertnet-act-record = تدوين
alertnet-act-other-file = ملف آخر
alertnet-act-look = فحص الملف
alertnet-contacts-title = جهات الاتصال
alertnet-contacts-answer = { $all ->
    [zero] لا جهة اتصال
    [one] جهة اتصال واحدة
    [two] جهتا اتصال
    [few] { $all } جهات اتصال
    [many] { $all } جهة اتصال
   *[other] { $all } جهة اتصال
 }؛ لدى { $reached } من { $stations } من مراكز الاقتراع جهة سارية.
alertnet-contacts-import = استيراد جهات الاتصال
alertnet-contacts-import-answer = صف لكل شخص أو مكتب. كل ما هو خطأ يُقال دفعة واحدة.
alertnet-contacts-none = لا جهات اتصال هنا
alertnet-contacts-none-text = دون جهة اتصال لا يصل التنبيه إلى أحد برسالة أو هاتف.
alertnet-contacts-check = فحص جهات الاتصال
alertnet-contacts-check-answer = { $total } من جهات الاتصال لـ { $stations } من { $all } من مراكز الاقتراع.
alertnet-preview = الصفوف الأولى
alertnet-contact-new = إضافة جهة اتصال
alertnet-contact-new-answer = لمركز اقتراع واحد أو منطقة واحدة. املأ واحدًا من الاثنين.
alertnet-stations-first = استورد مراكز الاقتراع أولًا
alertnet-show = عرض
alertnet-show-all = الكل
alertnet-show-ending = للتجديد
alertnet-holder = لـ
alertnet-holder-station = { $number } { $name }
alertnet-holder-area = { $name } ({ $code })
alertnet-who = من
alertnet-function = الصفة
alertnet-reached-by = يوصل إليه عبر
alertnet-gets = يُرسل إليه
alertnet-until = صالح حتى
alertnet-until-hint = اليوم الأخير، خلال ثلاثة عشر شهرًا على الأكثر. بعده لا تُستعمل جهة الاتصال.
alertnet-over = منتهية
alertnet-ending = تنتهي قريبًا
alertnet-in-force = سارية
alertnet-renew = تجديد
alertnet-renew-all = تجديد كل هذه
alertnet-renew-notice = { $expired ->
    [zero] لا جهة اتصال منتهية
    [one] جهة اتصال واحدة منتهية ولا تُستعمل
    [two] جهتا اتصال منتهيتان ولا تُستعملان
    [few] { $expired } جهات اتصال منتهية ولا تُستعمل
    [many] { $expired } جهة اتصال منتهية ولا تُستعمل
   *[other] { $expired } جهة اتصال منتهية ولا تُستعمل
 }؛ { $ending ->
    [zero] ولا جهة تنتهي خلال 30 يومًا
    [one] واحدة تنتهي خلال 30 يومًا
    [two] اثنتان تنتهيان خلال 30 يومًا
    [few] { $ending } تنتهي خلال 30 يومًا
    [many] { $ending } تنتهي خلال 30 يومًا
   *[other] { $ending } تنتهي خلال 30 يومًا
 }
alertnet-renew-notice-text = اسأل هل ما زالت صحيحة قبل تجديدها.
alertnet-record-renew = { $count ->
    [one] جهة اتصال واحدة
    [two] جهتا اتصال
    [few] { $count } جهات اتصال
    [many] { $count } جهة اتصال
   *[other] { $count } جهة اتصال
 } مع اليوم الأخير الجديد. تبقى الهوية سرية.
alertnet-act-renew = تجديد
alertnet-remove = سحب
alertnet-remove-text = لا تُستعمل جهة الاتصال من الآن. وما دُوّن قبلًا يبقى مختومًا حتى يُمحى، ويوافق على ذلك شخصان آخران.
alertnet-act-remove = سحب جهة الاتصال هذه
alertnet-superseded = جهات اتصال سابقة يمكن محوها
alertnet-superseded-text = حلت محلها أخرى ولا يحتاجها شيء. يتلف المحو مفتاحها ويحتاج إلى موافقتين.
alertnet-superseded-entry = القيد { $index }
alertnet-file = قائمة جهات الاتصال
alertnet-file-hint = CSV بترميز UTF-8، { $max } ميغابايت و{ $rows } من الصفوف على الأكثر.
alertnet-columns = أعمدة القائمة
alertnet-column-must = إلزامي
alertnet-column-station = رقم مركز الاقتراع
alertnet-column-unit = أو رمزه في السجل
alertnet-column-area = أو رمز منطقة. يملأ الصف واحدًا من الثلاثة
alertnet-column-function = مثل "رئيس مركز الاقتراع" أو "مناوب البلدية"
alertnet-column-level = expert أو official أو public: مقدار التفصيل المرسل إليهم
alertnet-column-language = حرفان، مثل ar
alertnet-column-authority = national أو regional أو local أو ally
alertnet-column-sms = رقم الرسائل النصية، مع + ورمز البلد
alertnet-column-email = عنوان البريد الإلكتروني
alertnet-column-telephone = رقم المكالمات، مع + ورمز البلد
alertnet-column-webhook = عنوان يستمع إليه برنامج لديهم، https فقط
alertnet-column-valid_until = اليوم الأخير، مثل 2027-06-30، خلال ثلاثة عشر شهرًا على الأكثر
alertnet-column-order = من يأتي أولًا، من 1؛ و1 إذا تُرك فارغًا
alertnet-private = جهات الاتصال سرية: لا يراها إلا المديرون، ويقول السجل العام كم عددها ولا يقول من هي أبدًا.
alertnet-mode = ما يصير إليه ما هو موجود من جهات الاتصال
alertnet-mode-hint = الموجود الآن { $all }.
alertnet-mode-all = الجديدة تحل محلها
alertnet-mode-added = تبقى، وتضاف هذه إليها
alertnet-record-contacts = عدد جهات الاتصال، يقرؤه الجميع. أما من هي فيبقى سرًا تحت مفتاح يمكن إتلافه.
alertnet-sms = رقم الرسائل النصية
alertnet-email = عنوان البريد الإلكتروني
alertnet-telephone = رقم المكالمات
alertnet-webhook = عنوان للبرامج
alertnet-level = التفصيل
alertnet-level-expert = خبير
alertnet-level-official = مسؤول
alertnet-level-public = عام
alertnet-language = اللغة
alertnet-order = الترتيب
alertnet-authority = مستوى السلطة
alertnet-authority-national = وطني
alertnet-authority-regional = إقليمي
alertnet-authority-local = محلي
alertnet-authority-ally = حليف
alertnet-line-title = تسلسل السلطة
alertnet-line-answer = حين تبقى مراكز اقتراع صامتة بعد تنبيه يُتصل بهؤلاء واحدًا بعد آخر.
alertnet-line-version = الإصدار { $version }
alertnet-line-default = لم يحدده أحد لهذا الانتخاب بعد: هذا هو التسلسل المعتاد.
alertnet-line-edit = تغيير التسلسل
alertnet-line-edit-answer = أسماء مكاتب لا أشخاص: يقرؤها الجميع. الصف الذي لا اسم فيه يُترك.
alertnet-line-picture = من يُتصل به، من المركز صعودًا
alertnet-line-subtitle = تُحسب الدقائق من لحظة إرسال التنبيه
alertnet-picture-rung = حين توجد مراكز لم { $goal }
alertnet-picture-after = بعد { $time }
alertnet-picture-ally = { $act }، من شدة { $severity }
alertnet-picture-within = خلال { $time }
alertnet-minutes = { $minutes } دقيقة
alertnet-hours = { $hours } ساعة
alertnet-body = المكتب
alertnet-whom = المستوى
alertnet-goal = إذا كانت مراكز لم
alertnet-after = دقائق بعد الإرسال
alertnet-rungs = من يُتصل به
alertnet-rung = الخطوة { $at }
alertnet-rung-station = مركز الاقتراع نفسه
alertnet-rung-0 = البلد كله
alertnet-rung-1 = الإقليم
alertnet-rung-2 = البلدية
alertnet-rung-deeper = مناطق تحت البلد بـ { $depth } من المستويات
alertnet-goal-delivered = تتسلمه
alertnet-goal-read = تقرأه
alertnet-goal-understood = تفهمه
alertnet-goal-acted = تنفذه
alertnet-allies = الحلفاء
alertnet-allies-text = جهات في الخارج تُستشار أو تُبلَّغ.
alertnet-allies-none = لم تُذكر جهة حليفة.
alertnet-ally = الجهة الحليفة
alertnet-ally-number = الحليف { $at }
alertnet-act = ما يُفعل
alertnet-act-consult = استشارة
alertnet-act-tell = إبلاغ
alertnet-from-severity = من شدة
alertnet-within = خلال دقائق
alertnet-severity-minor = طفيفة
alertnet-severity-moderate = متوسطة
alertnet-severity-severe = شديدة
alertnet-severity-extreme = قصوى
alertnet-record-line = تسلسل السلطة مع أسماء المكاتب، يقرؤه الجميع، إصدارًا تاليًا.
