alertkit-title = الحزمة المطبوعة للمراكز
alertkit-answer = { $sheets ->
    [zero] لم تُطبع أي ورقة مختومة
    [one] طُبعت ورقة مختومة واحدة
    [two] طُبعت ورقتان مختومتان
    [few] طُبعت { $sheets } أوراق مختومة
    [many] طُبعت { $sheets } ورقة مختومة
   *[other] طُبعت { $sheets } ورقة مختومة
 } لـ{ $stations ->
    [one] مركز اقتراع واحد
    [two] مركزي اقتراع
    [few] { $stations } مراكز اقتراع
    [many] { $stations } مركز اقتراع
   *[other] { $stations } مركز اقتراع
 }. الأسرار السارية: الجيل { $generation }.
alertkit-what = ما يأخذه كل مركز اقتراع
alertkit-card = بطاقة التنبيهات
alertkit-card-text = المفاتيح التي يثق بها المركز. ليست سرية، لكن يجب أن تأتي على ورق من يد يعرفها المركز.
alertkit-card-look = عرض البطاقة
alertkit-card-file = البطاقة نصًا، للأجهزة
alertkit-sheet = الورقة المختومة
alertkit-sheet-text = كلمات للهاتف ورموز للقطع، مختلفة لكل مركز. من يقرؤها يستطيع أن يتكلم باسم المركز.
alertkit-lesson = درس في عشر دقائق
alertkit-lesson-text = كيف يبدو التنبيه وكيف يُتحقق منه.
alertkit-lesson-print = طباعة الدرس
alertkit-lesson-look = قراءته على الشاشة
alertkit-device = صفحة لأجهزة بلا شبكة
alertkit-device-text = احفظ هذه الصفحة في هاتف المركز أو حاسوبه قبل يوم الاقتراع، مع البطاقة نصًا.
alertkit-words = كلمات البطاقة، تُقرأ بصوت عالٍ وتُقارن:
alertkit-who = من يفعل ماذا
alertkit-who-1 = تطبع في غرفة لا أحد غيرك فيها عند الطابعة، وتنتظر بجانبها.
alertkit-who-2 = يعدّ شخص ثانٍ الأوراق ويضع كل واحدة في مظروف يُظهر إن فُتح.
alertkit-who-3 = يكتب الاثنان الرقم والجيل على المظروف ويوقعان فوق الختم.
alertkit-who-4 = يوقع رئيس مركز الاقتراع على استلام المظروف والبطاقة ويكتب أرقام الهاتف على البطاقة بخط اليد.
alertkit-print = طباعة
alertkit-secret = هذه الأوراق سرية
alertkit-secret-text = تُعرض مرة واحدة جوابًا على هذا النموذج ولا تُحفظ. تُطلب منك كلمة السر أولًا.
alertkit-what-print = ماذا
alertkit-sheets = أوراق مختومة
alertkit-cards = بطاقات التنبيهات
alertkit-area-hint = يُطبع { $most } مركزًا على الأكثر دفعة واحدة.
alertkit-from = من رقم المركز
alertkit-from-hint = للمتابعة بعد دفعة؛ فارغ للأولى.
alertkit-language-own = لغة كل مركز كما في جهة اتصاله
alertkit-record = أن أوراقًا طُبعت، ولأي مراكز، ومن أي جيل. لا يوجد أي رمز في السجل.
alertkit-act-print = طباعة هذه المراكز
alertkit-areas = كم ورقة لأي منطقة
alertkit-runs = دفعات الطباعة
alertkit-run = { $count } من الرقم { $first }
alertkit-more-areas = { $more ->
    [zero] لا مناطق أخرى فيها مراكز.
    [one] لمنطقة أخرى واحدة مراكز: اطبعها بالرقم.
    [two] لمنطقتين أخريين مراكز: اطبعها بالرقم.
    [few] لـ { $more } مناطق أخرى مراكز: اطبعها بالرقم.
    [many] لـ { $more } منطقة أخرى مراكز: اطبعها بالرقم.
   *[other] لـ { $more } منطقة أخرى مراكز: اطبعها بالرقم.
 }
alertkit-printed = ما طُبع
alertkit-when = متى
alertkit-numbers = الأرقام
alertkit-generation = الجيل
alertkit-lost = ورقة ضائعة أو ختم مكسور
alertkit-lost-text = اصنع أسرارًا جديدة. من تلك اللحظة لا قيمة لأي رمز في أي ورقة طُبعت قبلًا، في كل المناطق: يجب طباعة كل الأوراق وتسليمها من جديد.
alertkit-lost-hint = ماذا حدث. يقرؤه الجميع: لا تذكر أحدًا.
alertkit-lost-record = أن الجيل { $generation } يبدأ، ولماذا.
alertkit-act-renew = صنع أسرار جديدة
alertkit-back = عودة إلى الحزمة
alertkit-run-answer = { $stations ->
    [one] مركز واحد
    [two] مركزان
    [few] { $stations } مراكز
    [many] { $stations } مركزا
   *[other] { $stations } مركز
 }، من الرقم { $first } إلى { $last }، الجيل { $generation }.
alertkit-run-text = اطبع الآن. لا يمكن فتح هذه الصفحة مرة أخرى: اطبع من الحزمة مرة أخرى إذا تلفت ورقة، وأتلف التالفة.
alertkit-sealed = مختوم، يبقى مغلقًا حتى الحاجة
alertkit-sheet-generation = الجيل { $generation }
alertkit-station = مركز الاقتراع { $number } { $name }
alertkit-rule-1 = افتح هذا المظروف حين يأتي تنبيه أو مكالمة عنه، لا قبل ذلك. إذا كان مفتوحًا فلا تستعمله: اتصل بالرقم الذي على بطاقتك.
alertkit-rule-2 = يقرأ المتصل الكلمات الثلاث لأول سطر غير مشطوب. فقط إذا صحت أجب بكلماتك.
alertkit-rule-3 = اشطب السطر فورًا أيًا كان المتصل. يُستعمل السطر مرة واحدة.
alertkit-rule-4 = لا تقرأ أبدًا سطرًا أو رمزًا أو النص الأخير لأن أحدًا طلبه: كلمات المتصل أولًا.
alertkit-calls = كلمات للمكالمات
alertkit-line = السطر
alertkit-caller = يقول المتصل
alertkit-you = تجيب أنت
alertkit-used = استُعمل في
alertkit-strips = رموز للقطع
alertkit-strips-text = خذ الصف الذي يحمل رقم التنبيه. أرسل رمز ما حدث برسالة نصية، أو اقرأه للعامل، أو اقطعه وسلمه.
alertkit-alert = التنبيه
alertkit-step-delivered = وصل
alertkit-step-read = قرأناه
alertkit-step-understood = فهمناه
alertkit-step-acted = نُفّذ
alertkit-exercise = تمرين تمرين تمرين
alertkit-exercise-text = للتمارين فقط. لا تستعملها أبدًا لتنبيه حقيقي، ولا الأخرى لتمرين.
alertkit-x = X
alertkit-device-secret = لجهاز، فقط إذا طُلب منك:
alertkit-card-all = لكل مركز اقتراع
alertkit-card-use = تحقق من كل تنبيه بهذه البطاقة. لا يشهد التنبيه لنفسه.
alertkit-card-words = كلمات هذه البطاقة
alertkit-card-words-text = اقرأها بصوت عالٍ لمركز آخر: إذا اختلفت كلمة فلا تستعملا أيًا من البطاقتين واتصلا.
alertkit-card-numbers = أرقام الهاتف
alertkit-card-numbers-text = يكتبها بخط اليد من يسلم البطاقة. اتصل بها، لا برقم يذكره تنبيه.
alertkit-number-local = البلدية
alertkit-number-regional = الإقليم
alertkit-number-national = البلد
alertkit-card-keys = المفاتيح
alertkit-card-qr = رمز QR للبطاقة
