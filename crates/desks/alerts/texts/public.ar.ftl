# التنبيهات كما يراها الجميع
alerts-public-list = التنبيهات
alerts-public-answer-none = لا تنبيه ساريا الآن.
alerts-public-answer = { $count ->
    [one] تنبيه واحد سارٍ الآن.
    [two] تنبيهان ساريان الآن.
    [few] { $count } تنبيهات سارية الآن.
    [many] { $count } تنبيها ساريا الآن.
   *[other] { $count } تنبيه سارٍ الآن.
 }
alerts-public-now = ما يسري الآن
alerts-public-not-meant = تمارين واختبارات: لا شيء من هذا حقيقي
alerts-public-earlier = تنبيهات سابقة
alerts-public-earlier-none = لم يكن هناك أي منها.
alerts-public-more = تنبيهات أقدم
alerts-public-until-label = يسري حتى
alerts-public-from-label = يسري من
alerts-public-areas = أين
alerts-public-sender = أصدره
alerts-public-event = بشأن
alerts-public-known = ما هو معروف
alerts-public-todo = ما العمل
alerts-public-words = الكلمات
alerts-public-levels = بكلمات
alerts-public-over = هذا التنبيه لم يعد ساريا. لا تعمل به.
alerts-public-replaced = حل محله
alerts-public-names = يتعلق بـ
alerts-public-cancels = هذا يسحب تنبيها سابقا. لا تعمل بذاك بعد الآن.
alerts-public-exercise = تمرين: لا شيء من هذا حقيقي. ليس على أحد التصرف خارج التمرين.
alerts-public-test = اختبار: تُجرّب القنوات. ليس على أحد فعل شيء.
alerts-public-check = كيف يتم التحقق منه
alerts-public-check-text = يستطيع أي أحد أن يدعي أن رسالة ما تنبيه. هذا التنبيه موجود في سجل عام تراقبه مؤسسات عدة.
alerts-public-check-qr = بأي هاتف: اقرأ الرمز النصي بالكاميرا، وانسخ النص، وألصقه في الصفحة المحفوظة verify.html مع بطاقة مركزك. بقارئ رموز أو بالبرنامج: خذ الرمز الثنائي. كلاهما يعمل بلا شبكة، بالمفاتيح على البطاقة المطبوعة.
alerts-public-check-words = مركزا اقتراع عُرض عليهما التنبيه نفسه يريان الكلمات الست نفسها. هي تبين أن كليهما رأى الشيء نفسه، ولا تبين أنه أصيل.
alerts-public-check-link = كيف يعمل التحقق
alerts-public-compare = كلمات للمقارنة
alerts-public-qr = رمز QR: التنبيه مع برهانه
alerts-public-qr-text = لكاميرا الهاتف: انسخ النص والصقه في الصفحة المحفوظة
alerts-public-qr-bytes = لجهاز المسح والبرنامج: الشيء نفسه كملف ثنائي
alerts-public-qr-later = يجري إعداد الرمز: مؤسسات مستقلة تؤكد السجل. انظر من جديد بعد ثوان.
alerts-public-short = حتى ذلك الحين: الصيغة القصيرة بلا برهان
alerts-public-files = الملفات
alerts-public-file-cap = رسالة CAP مع التوقيع
alerts-public-file-bundle = التنبيه مع البرهان (ملف)
alerts-public-file-text = التنبيه مع البرهان (كنص)
alerts-public-file-signer = المفتاح الذي يوقع رسائل CAP
alerts-public-print = ملصق للطباعة
alerts-public-feed = تنبيهات انتخابية
alerts-public-feed-link = خلاصة كل التنبيهات (Atom)
alerts-public-stream = للبرامج: التنبيهات الجديدة فور صدورها (server-sent events)
alerts-public-record = الموضع في السجل { $origin }: { $index }
alerts-public-other-language = لم يصدر هذا التنبيه بلغتك.
alerts-print-check = هل هو أصيل؟
alerts-print-check-1 = اقرأ الرمز النصي بكاميرا هاتف، وانسخ النص، وألصقه في الصفحة المحفوظة verify.html مع بطاقتك. لا حاجة إلى شبكة. الرمز الآخر لقارئ رموز وللبرنامج.
alerts-print-check-2 = هذه الكلمات الست لا تجيب عن ذلك. إذا كانت لدى مركز اقتراع آخر الكلمات نفسها فقد رأى المركزان التنبيه نفسه، لا أكثر:
alerts-print-check-3 = أو اتصل برقم مكتوب بخط اليد على بطاقة التنبيهات، وقارن كلمات ورقتك المختومة.
alerts-public-arrived = إلى أي مدى وصل
alerts-public-arrived-text = عند انتهاء هذا التنبيه كان هذا عدد مراكز الاقتراع، من أصل { $stations }، التي بلغت كل خطوة على الأقل. الأجوبة اللاحقة لا تُحسب.
