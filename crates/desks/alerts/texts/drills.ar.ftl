# تمارين التنبيه والاستجابة
alert-drills-title = التمارين
alert-drills-answer = لا يجري أي تمرين الآن. التنبيهات المرسلة الآن حقيقية.
alert-drills-answer-running = { $count ->
    [one] يجري تمرين واحد. تحمل تنبيهاته كلمة «تمرين» في كل مكان.
    [two] يجري تمرينان. تحمل تنبيهاتهما كلمة «تمرين» في كل مكان.
    [few] تجري { $count } تمارين. تحمل تنبيهاتها كلمة «تمرين» في كل مكان.
    [many] يجري { $count } تمرينا. تحمل تنبيهاتها كلمة «تمرين» في كل مكان.
   *[other] يجري { $count } تمرين. تحمل تنبيهاتها كلمة «تمرين» في كل مكان.
 }
alert-drills-new = بدء تمرين
alert-drills-none = لا تمرين بعد
alert-drills-none-text = يعيد التمرين ساعة من يوم الاقتراع بالصفحات نفسها والرسائل نفسها ومراكز الاقتراع نفسها، مع كلمة «تمرين». وبعده يقول تقرير ما الذي كان بطيئًا.
alert-drills-drill = التمرين
alert-drills-state = الحالة
alert-drills-begun = بدأ
alert-drills-runs = جارٍ
alert-drills-over = انتهى
alert-drills-new-answer = ما يُرسل في تمرين يصل إلى الأشخاص أنفسهم بالطرق نفسها، ويحمل كلمة «تمرين» في كل مكان. اختر ما تشير إليه ساعته وسرعتها.
alert-drills-no-election = لا انتخابات بعد
alert-drills-no-election-text = يعيد التمرين انتخابات. أنشئ الانتخابات أولًا.
alert-drills-no-moment = اكتب اليوم على شكل سنة-شهر-يوم والوقت على شكل ساعات:دقائق.
alert-drills-field-title = ما اسمه؟
alert-drills-field-title-hint = مثلًا «الاستيلاء على صفحة النتائج مساء يوم الاقتراع».
alert-drills-field-code = الرمز في العناوين
alert-drills-field-code-hint = حروف لاتينية صغيرة وأرقام وشرطات.
alert-drills-field-election = الانتخابات
alert-drills-clock = ساعة التمرين
alert-drills-clock-text = تسير المهل والتصعيد والتقرير وفق هذه الساعة. أما الهواتف والورق فتبقى على الوقت الحقيقي: تحمل الرسائل الوقت الحقيقي كي لا يقدّم أحد رسالة تمرين لاحقًا على أنها حقيقية.
alert-drills-field-day = اليوم الذي تبدأ به
alert-drills-field-time = الوقت الذي تبدأ به
alert-drills-field-time-hint = بالمنطقة الزمنية للانتخابات.
alert-drills-field-rate = كم مرة أسرع من الوقت الحقيقي؟
alert-drills-field-rate-hint = من 1 إلى 600. مع 10 تستغرق ساعة من يوم الاقتراع ست دقائق.
alert-drills-records = أن التمرين يبدأ، مع ساعته. يستطيع الجميع قراءة ذلك.
alert-drills-begin = ابدأ الآن
alert-drills-cancel = إلغاء
alert-drills-clock-now = تشير ساعة التمرين إلى
alert-drills-clock-ended = انتهى التمرين. كانت ساعته تشير إلى
alert-drills-write = كتابة تنبيه تمرين
alert-drills-run = تنفيذ خطة عمل
alert-drills-report = ما الذي كان بطيئًا
alert-drills-recorded = سُجّل
alert-drills-alerts = تنبيهات هذا التمرين
alert-drills-alerts-none = لا شيء بعد.
alert-drills-number = تمرين رقم { $number }
alert-drills-notes = ملاحظات المراقبين
alert-drills-notes-none = لا شيء بعد.
alert-drills-note-gone = مُحيت الكلمات.
alert-drills-field-note = ما الذي سار جيدًا أو كان بطيئًا؟
alert-drills-field-note-hint = لا يراها إلا من في مؤسستك. يحوي السجل العلني أن ثمة ملاحظة، لا كلماتها.
alert-drills-note = تدوين
alert-drills-facts = حقائق
alert-drills-rate = { $rate ->
    [1] بسرعة الوقت الحقيقي
   *[other] { $rate } مرة أسرع من الوقت الحقيقي
}
alert-drills-end = إنهاء التمرين
alert-drills-end-answer = لا يمكن بعد ذلك إرسال شيء في هذا التمرين. ويبقى تقريره.
alert-drills-end-records = أن التمرين «{ $title }» انتهى. يستطيع الجميع قراءة ذلك.
alert-report-title = ما الذي كان بطيئًا
alert-report-answer-none = لم يُرسل شيء في هذا التمرين، فلا شيء يُقاس.
alert-report-answer = { $rate ->
    [1] الأوقات بساعة التمرين، وهي بسرعة الوقت الحقيقي.
   *[other] الأوقات بساعة التمرين، وهي { $rate } مرة أسرع من الوقت الحقيقي.
}
alert-report-alert = تمرين رقم { $number }
alert-report-steps = كم استغرق منذ الإصدار
alert-report-step = الخطوة
alert-report-reached = المراكز
alert-report-half = نصفها
alert-report-nine = تسعة من عشرة
alert-report-last = آخرها
alert-report-never = لم يُبلغ
alert-report-areas = أبطأ المناطق حتى: { $step }
alert-report-area = المنطقة
alert-report-ways = كيف أجابت المراكز
alert-report-silent = { $count ->
    [0] وصلت كل المراكز إلى «{ $step }».
    [one] لم يصل مركز واحد إلى «{ $step }».
    [two] لم يصل مركزان إلى «{ $step }».
    [few] لم تصل { $count } مراكز إلى «{ $step }».
    [many] لم يصل { $count } مركزًا إلى «{ $step }».
   *[other] لم يصل { $count } مركز إلى «{ $step }».
  }
alert-report-notes = ملاحظات من راقبوا
alert-report-print = للطباعة
alert-report-json = بصيغة JSON
