nav-alerts-arrival = هل وصلت؟
nav-alerts-strips = رموز القصاصات
know-exercise = تمرين
know-test = اختبار
know-alert-number = التنبيه { $number }
know-late = (متأخر: بعد انتهاء التنبيه)
know-late-tag = متأخر
know-step-none = لا شيء بعد
know-step-sent = أُرسل
know-step-delivered = سُلّم
know-step-read = قُرئ
know-step-understood = فُهم
know-step-acted = نُفّذ
know-severity-extreme = خطر بالغ
know-severity-severe = خطر كبير
know-severity-moderate = خطر محتمل
know-severity-minor = خطر قليل
know-severity-unknown = خطر غير معروف
know-link-number = التنبيه رقم { $number }
know-link-for = لمركز الاقتراع { $station }، { $name }. هذه الصفحة لك وحدك: لا تمرّر عنوانها إلى أحد.
know-link-exercise-title = هذا تمرين
know-link-exercise = لم يحدث شيء من هذا. أجب كما لو كان الأمر حقيقيا، ولا تغيّر شيئا في مركزك بسببه.
know-link-cancelled-title = سُحب هذا التنبيه
know-link-cancelled = لا تعمل به بعد الآن. الرسالة الأحدث تقول ما يسري الآن.
know-link-updated-title = هناك صيغة أحدث لهذا التنبيه
know-link-updated = قد لا يكون المكتوب هنا صحيحا الآن. اقرأ الصيغة الأحدث وأجب هناك.
know-link-newer = فتح الرسالة الأحدث
know-link-expired-title = انتهى هذا التنبيه
know-link-expired = انتهى في { $at }. ما زال بإمكانك الإجابة، وتُسجَّل على أنها متأخرة.
know-link-do = ما يجب فعله أولا
know-link-nothing = لا شيء. اعلم بما حدث.
know-link-known = المعروف حتى الآن
know-link-times = أُرسل في { $sent }. يسري حتى { $expires }.
know-link-say = أخبرنا أين وصلتم
know-link-noted = سجّلنا
know-link-noted-at = { $step }، { $at }
know-link-not-that-title = ليس هذا ما يطلبه هذا التنبيه
know-link-not-that = لم يُسجَّل شيء. اقرأ «ما يجب فعله أولا» مرة أخرى ثم اختر الجملة التي تقول الشيء نفسه.
know-link-read-why = فتح هذه الصفحة لا يخبرنا بشيء. اضغط الزر بعد أن تقرأ ما يجب فعله.
know-link-read = قرأته
know-link-question = أيّ هذه الجمل تقول ما يجب فعله؟
know-link-understood = هذا ما يجب فعله
know-link-acted-why = اضغط الزر بعد أن يتم ذلك.
know-link-acted = فعلناه
know-link-all-done = شكرا. لا شيء آخر يُقال هنا.
know-link-genuine = هل هذا التنبيه أصيل؟
know-link-compare = قارن هذه الكلمات الست مع مركز اقتراع آخر: إن كانت هي نفسها هناك فقد عُرض على المركزين التنبيه نفسه.
know-link-scan = للتأكد ممن أرسله خذ برهانه من صفحة التنبيه: اقرأ الرمز النصي بكاميرا هاتف، أو افتح «التنبيه مع البرهان (كنص)». انسخ النص وألصقه في الصفحة المحفوظة verify.html مع بطاقتك.
know-link-public = صفحة التنبيه
know-link-entry = القيد { $index } في السجل العام، ويبدأ بـ
know-link-receipt = عرض إيصاله
know-link-alert = التنبيه
know-other-1 = إرسال كل أوراق الاقتراع غير المستعملة إلى مركز الاقتراع المجاور.
know-other-2 = الطلب من الناخبين العودة في يوم آخر وتدوين أرقام هواتفهم.
know-other-3 = إنزال قائمة الناخبين وقراءتها بصوت عال عند المدخل.
know-other-4 = فتح صندوق الاقتراع وعدّ ما فيه والإبلاغ عن العدد.
know-other-link-title = هذا الرابط لتنبيه آخر
know-other-link = هو رابط مركزك إلى التنبيه رقم { $number }. اختلط العنوان في الطريق.
know-other-link-open = فتح ذلك التنبيه
know-sms-none = لا رمز في رسالتك. أرسل الأرقام الستة عشر من القصاصة التي نزعتها.
know-sms-mistyped = أحد أرقام الرمز خطأ. اقرأ الأرقام الستة عشر وأرسلها مرة أخرى.
know-sms-wrong = هذا الرمز ليس لأي تنبيه مفتوح. لم يُسجَّل شيء. { $left ->
    [zero] لم تبق أي محاولة
    [one] بقيت محاولة واحدة
    [two] بقيت محاولتان
    [few] بقيت { $left } محاولات
    [many] بقيت { $left } محاولة
   *[other] بقيت { $left } محاولة
 }. أو اتصل ببلديتك.
know-sms-closed = رموز خاطئة كثيرة. لا يُقبل شيء لمدة { $minutes ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
 }. اتصل ببلديتك.
know-sms-no-station = لا تنبيه مفتوح لمركز الاقتراع { $station }. تحقق من الأرقام الستة الأولى.
know-sms-taken = شكرا. سُجّل: المركز { $station }، التنبيه { $alert }: { $step }.
know-sms-late = وصل بعد انتهاء التنبيه وسُجّل متأخرا.
know-code-length = الرمز ستة عشر رقما. اقرأه مرة أخرى.
know-code-check = أحد الأرقام خطأ أو تبدّل موضع رقمين. اقرأه مرة أخرى.
know-strips-title = إدخال رموز القصاصات
know-strips-intro = القصاصات التي نزعتها مراكز الاقتراع وسلّمتها: رمز في كل سطر، و{ $most } على الأكثر. إن كان سطر خطأ لا يؤخذ شيء.
know-strips-taken = { $count ->
    [zero] لم يؤخذ أي رمز.
    [one] أُخذ رمز واحد.
    [two] أُخذ رمزان.
    [few] أُخذت { $count } رموز.
    [many] أُخذ { $count } رمزا.
   *[other] أُخذ { $count } رمز.
}
know-strips-again = الرمز الذي أُخذ من قبل لا يغيّر شيئا: لا يُحسب أحد مرتين.
know-strips-none-taken = لم يؤخذ شيء: { $wrong ->
    [zero] لا سطر خطأ
    [one] سطر واحد خطأ
    [two] سطران خطأ
    [few] { $wrong } أسطر خطأ
    [many] { $wrong } سطرا خطأ
   *[other] { $wrong } سطر خطأ
 }، { $right ->
    [zero] ولا سطر صحيح
    [one] وسطر واحد صحيح
    [two] وسطران صحيحان
    [few] و{ $right } أسطر صحيحة
    [many] و{ $right } سطرا صحيحا
   *[other] و{ $right } سطر صحيح
 }. صحّح الأسطر أدناه أو احذفها.
know-strips-problems = ما هو خطأ، سطرا سطرا
know-strips-wrong = خطأ
know-strips-line = السطر { $line }
know-strips-codes = الرموز
know-strips-hint = ستة عشر رقما لكل رمز؛ المسافات والشرطات لا تهم. يعمل هنا قارئ الرموز الشريطية الذي ينهي كل رمز بمفتاح الإدخال.
know-strips-take = أخذها كلها
know-calls-title = الاتصال بالمراكز الصامتة
know-calls-none = لا مركز اقتراع صامتا. لا أحد للاتصال به.
know-calls-silent = { $silent } من { $of } مركز اقتراع لم تصل إلى المطلوب.
know-calls-now = يجري الاتصال بها الآن: { $called }
know-calls-later = يعاد الاتصال بها لاحقا: { $later }
know-calls-noted-taken = سُجّل. والمكالمة مسجّلة.
know-calls-noted-missed = سُجّل: لم يُجب أحد. يعود المركز إلى الطابور.
know-calls-nobody = لا مركز للاتصال به في هذه اللحظة
know-calls-nobody-why = آخرون يتصلون بالصامتة، أو محاولتها التالية لاحقا.
know-calls-tries = المكالمات حتى الآن
know-calls-yours-until = لك حتى
know-calls-who = الاتصال بـ
know-calls-no-contact = لا رقم هاتف معروفا لهذا المركز. اسأل بلديته.
know-calls-say = قل هذه الكلمات أولا
know-calls-line = السطر { $line } من ورقة المركز المختومة، شُطب الآن. ويشطبه المركز أيضا.
know-calls-expect = يجب أن يجيب المركز بهذه
know-calls-not-right = إن قال كلمات أخرى فأنه المكالمة وأعد الاتصال بالرقم أعلاه. لا تساعد في الكلمات.
know-calls-read-out = دع المركز يقرأ رمزا من قصاصاته
know-calls-words = الكلمات التي قالها المركز، إن أردت التحقق منها
know-calls-words-hint = { $words } كلمات؛ يمكن ترك هذا فارغا.
know-calls-code = رمز القصاصة
know-calls-code-hint = ستة عشر رقما. القصاصة تقول هل قرؤوا أو فهموا أو نفّذوا.
know-calls-take = أخذ الرمز
know-calls-missed = لم يُجب أحد؟
know-calls-missed-why = تُسجَّل المكالمة بلا أسماء ويعود المركز إلى الطابور.
know-calls-again-in = لم يُجب أحد: مرة أخرى بعد { $minutes } دقيقة
know-calls-leave = إعادة المركز بلا مكالمة
know-calls-how = يُعطى لك لعشر دقائق المركز الصامت الأكثر ناخبين الذي لا يتصل به أحد غيرك.
know-calls-next = أعطوني مركزا
know-calls-back = العودة إلى العد التنازلي
know-station = مركز الاقتراع
know-station-number = الرقم
know-station-furthest = وصل هذا المركز إلى «{ $step }».
know-station-nothing = لا يُعرف شيء من هذا المركز بعد.
know-station-said = ما قاله وبأي طريق
know-station-calls = المكالمات إلى هذا المركز
know-station-no-calls = لم يتصل به أحد بعد.
know-station-tries = { $tries ->
    [zero] لم تُجر أي مكالمة.
    [one] أُجريت مكالمة واحدة.
    [two] أُجريت مكالمتان.
    [few] أُجريت { $tries } مكالمات.
    [many] أُجريت { $tries } مكالمة.
   *[other] أُجريت { $tries } مكالمة.
}
know-area = المنطقة
know-voters = الناخبون
know-furthest = أبعد خطوة
know-when = متى
know-way = بواسطة
know-way-gateway = تقرير خدمة الإرسال
know-way-link = رابطه الخاص
know-way-sms = رسالة نصية
know-way-telephone = الهاتف
know-way-tear-off = قصاصة ورقية
know-received = وصل في { $at }
know-waits = ينتظر التسجيل
know-on-the-way = في الطريق
know-bar = مراكز الاقتراع: بلغت المطلوب، وفي الطريق
know-state = الحالة
know-state-open = سارٍ
know-state-expired = انتهى
know-state-cancelled = سُحب
know-state-updated = حلّ محله أحدث
know-arrival-title = هل وصل؟
know-arrival-answer = بلغ { $reached } من { $of } مركز اقتراع «{ $goal }».
know-arrival-silent = { $silent ->
    [zero] لا مركز صامتا.
    [one] مركز واحد صامت.
    [two] مركزان صامتان.
    [few] { $silent } مراكز صامتة.
    [many] { $silent } مركزا صامتا.
   *[other] { $silent } مركز صامت.
 }
know-of-stations = من { $of } مركز اقتراع
know-of-voters = من الناخبين: { $reached } من { $of }
know-deadline = حتى موعد الإجابة
know-deadline-over = منذ موعد الإجابة
know-expiry = حتى انتهائه
know-expiry-over = منذ انتهائه
know-left = { $hours } س { $minutes } د
know-drill-clock = تسير الأوقات بساعة التمرين «{ $drill }»: { $rate ->
    [one] بسرعة ساعة الحائط
    [two] أسرع مرتين من ساعة الحائط
    [few] أسرع { $rate } مرات من ساعة الحائط
    [many] أسرع { $rate } مرة من ساعة الحائط
   *[other] أسرع { $rate } مرة من ساعة الحائط
 }.
know-at-expiry-title = عند انتهائه
know-at-expiry = كان { $reached } من { $of } مركز اقتراع قد بلغ «{ $goal }». هذا الرقم مسجّل ولا يتغيّر.
know-at-expiry-late = { $late ->
    [zero] لم يجب أي مركز متأخرا منذ ذلك الحين.
    [one] أجاب مركز واحد متأخرا منذ ذلك الحين.
    [two] أجاب مركزان متأخرين منذ ذلك الحين.
    [few] أجابت { $late } مراكز متأخرة منذ ذلك الحين.
    [many] أجاب { $late } مركزا متأخرا منذ ذلك الحين.
   *[other] أجاب { $late } مركز متأخرا منذ ذلك الحين.
 }
know-to-calls = الاتصال بالصامتة
know-to-silent = قائمة المراكز الصامتة
know-to-strips = إدخال القصاصات
know-to-wall = للجدار
know-by-area = أين لم يصل
know-worst-first = المناطق الأكثر صمتا أولا
know-area-up = مستوى أعلى
know-no-areas = لا مناطق تحت هذه.
know-silent = صامتة
know-of = مراكز الاقتراع
know-share = النسبة
know-more-areas = { $more ->
    [zero] لا مناطق أخرى في الملف.
    [one] منطقة أخرى واحدة في الملف.
    [two] منطقتان أخريان في الملف.
    [few] { $more } مناطق أخرى في الملف.
    [many] { $more } منطقة أخرى في الملف.
   *[other] { $more } منطقة أخرى في الملف.
 }
know-map-stations = { $count } مركز اقتراع، لكل واحد مربع
know-map-areas = { $lagging } من { $areas } منطقة فيها مراكز صامتة بعد
know-map-subtitle = مربع لكل واحدة، بالحجم نفسه وبترتيب رموزها؛ كلما كان أغمق بلغ أكثرها «{ $goal }».
know-geo-title = { $silent } من { $of } مركز اقتراع على الخريطة لم يبلغ «{ $goal }»
know-geo-marks = علامة لكل مركز اقتراع: شكلها ولونها يقولان إلى أي مدى بلغ.
know-geo-hexes = كل شكل سداسي يمثل مراكز اقتراع متقاربة: كلما كبر زاد عددها، وكلما امتلأ واشتد لونه زاد عدد التي لم تبلغ «{ $goal }».
know-geo-hex = حول { $area }: { $silent } من { $of } صامتة
know-geo-up-to = حتى { $share } صامتة
know-geo-none-silent = لا صامت
know-geo-without = { $count ->
    [one] مركز اقتراع واحد بلا إحداثيات في القائمة وليس على الخريطة.
    [two] مركزا اقتراع بلا إحداثيات في القائمة وليسا على الخريطة.
    [few] { $count } مراكز اقتراع بلا إحداثيات في القائمة وليست على الخريطة.
    [many] { $count } مركز اقتراع بلا إحداثيات في القائمة وليست على الخريطة.
   *[other] { $count } مركز اقتراع بلا إحداثيات في القائمة وليست على الخريطة.
 }
know-geo-none = للحصول على خريطة بدل المربعات، استورد قائمة مراكز الاقتراع مع هذين العمودين:
know-next = من يُتصل به بعد ذلك، ومتى
know-next-at = لا أحد بعد. إن بقيت مراكز صامتة فالمكالمة التالية بعد { $hours } س { $minutes } د ({ $at }).
know-next-none = لا أحد: لا مكالمة أخرى مستحقة.
know-call-who = الاتصال بـ
know-call-area = مكتب المنطقة
know-call-since = مستحقة منذ
know-call-state = الرسالة
know-call-act = نتيجة المكالمة
know-call-told = أُرسلت في { $at }
know-call-not-told = دُوّنت ولم تُرسل
know-call-reached = أُجيب
know-call-not-reached = لم يُجب أحد
know-more-calls = { $more ->
    [zero] لا مكالمة أخرى مستحقة.
    [one] مكالمة أخرى واحدة مستحقة.
    [two] مكالمتان أخريان مستحقتان.
    [few] { $more } مكالمات أخرى مستحقة.
    [many] { $more } مكالمة أخرى مستحقة.
   *[other] { $more } مكالمة أخرى مستحقة.
 }
know-how-far = إلى أين وصل
know-pace = كم استغرق
know-step = الخطوة
know-stations = مراكز الاقتراع
know-goal = المطلوب
know-recorded = في السجل
know-recorded-none = لم يُسجَّل شيء بعد. تُسجَّل الإجابات كل بضع ثوان، كثير منها معا.
know-recorded-batch = الدفعة { $batch }: { $acks ->
    [zero] لا إجابة
    [one] إجابة واحدة
    [two] إجابتان
    [few] { $acks } إجابات
    [many] { $acks } إجابة
   *[other] { $acks } إجابة
 }، { $at }
know-refresh = حتى { $at }. تتجدد الصفحة كل 20 ثانية.
know-silent-title = مراكز الاقتراع الصامتة
know-silent-answer = { $silent } من { $of } مركز اقتراع لم تبلغ «{ $goal }».
know-silent-none = لا مركز صامتا هنا
know-silent-none-why = بلغت كلها المطلوب.
know-wall-of = من { $of } مركز اقتراع: { $goal }
know-wall-due = مكالمات مستحقة
know-wall-others = { $count ->
    [zero] لا مناطق أخرى فيها مراكز صامتة
    [one] منطقة أخرى واحدة فيها مراكز صامتة
    [two] منطقتان أخريان فيهما مراكز صامتة
    [few] { $count } مناطق أخرى فيها مراكز صامتة
    [many] { $count } منطقة أخرى فيها مراكز صامتة
   *[other] { $count } منطقة أخرى فيها مراكز صامتة
 }
know-list-title = هل وصلت؟
know-list-intro = كل تنبيه صدر، وإلى أين وصل.
know-list-none = لم يصدر أي تنبيه بعد
know-list-none-why = حالما يصدر واحد تقول هذه الصفحة أي مراكز الاقتراع وصلها.
know-no-network = لم تُستورد مناطق ومراكز اقتراع لهذا الانتخاب.
