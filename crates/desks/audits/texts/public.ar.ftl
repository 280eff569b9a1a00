# The public pages of audits
audit-public-list = عمليات التدقيق
audit-public-list-title = عمليات تدقيق نتائج الانتخابات
audit-public-list-answer = ينظر أشخاص في أوراق اقتراع تُسحب بنرد على الملأ ليروا إن كانت النتيجة المعلنة صحيحة. كل خطوة مدوَّنة في السجل العام.
audit-public-home = البداية
audit-public-none = لا يوجد تدقيق مسجَّل بعد.
audit-public-plan-title = كم من العمل يتطلب التدقيق؟
audit-public-plan-text = اكتب أصوات منافسة وانظر كم ورقة ستُفحص، طريقةً طريقة.
audit-public-plan-link = خطِّط لتدقيق
audit-public-less-than = أقل من { $risk }
audit-public-phase-draft = قيد الإعداد
audit-public-phase-committed = مُثبَّت، والبذرة لم تُسحب
audit-public-phase-seeded = سُحبت البذرة
audit-public-phase-round-open = تُقرأ الأوراق
audit-public-phase-round-closed = عُدّت الجولة
audit-public-phase-full-hand-count = عدّ يدوي كامل
audit-public-phase-finished = انتهى
audit-public-answer-draft = هذا التدقيق قيد الإعداد. لم يُسحب شيء بعد.
audit-public-answer-reopened = أُعيد فتح هذا التدقيق: تُعدّ النسخة { $version }. وما سبق يبقى في السجل.
audit-public-answer-committed = كل شيء مُثبَّت. التالي رمي النرد على الملأ.
audit-public-answer-seeded = رُمي النرد. ومنه يتبع أي الأوراق تُفحص.
audit-public-answer-open = الجولة { $round } جارية: قُرئت { $read } من { $due } { $unit ->
        [batches] حزمة
        *[ballots] ورقة
    }.
audit-public-answer-met = عُدّت الجولة { $round } وتحقق كل حدّ. القرار منتظر.
audit-public-answer-not-met = عُدّت الجولة { $round }. ما قُرئ لا يكفي بعد للتأكد؛ وهذا لا يقول شيئًا ضد النتيجة. القرار منتظر.
audit-public-answer-full = يُعدّ كل شيء يدويًا.
audit-public-answer-counted = عُدّ كل شيء يدويًا. وما عُدّ موجود في السجل أدناه.
audit-public-answer-confirmed = { $contests ->
        [one] التدقيق يؤيد النتيجة المعلنة.
        *[other] التدقيق يؤيد النتائج المعلنة.
    }
audit-public-answer-means = لو كانت نتيجة معلنة خاطئة، لكان احتمال أن ينتهي هذا التدقيق دون عدّ يدوي كامل { $limit } على الأكثر.
audit-public-read = فحصها أشخاص
audit-public-agree = تتطابق تمامًا
audit-public-differ = تختلف
audit-public-checked = ما الذي جرى التحقق منه
audit-public-opportunistic = يُقاس على ما سُحب لمنافسات أخرى؛ ولا يستمر التدقيق من أجله.
audit-public-choice = الخيار
audit-public-votes = الأصوات المعلنة
audit-public-by-machine = فيما قُرئ: بالآلات
audit-public-by-hand = فيما قُرئ: بأيدي الناس
audit-public-won = أُعلن فائزًا
audit-public-goes-on = أُعلن تأهله إلى الجولة الثانية
audit-public-seats = { $seats ->
        [one] أُعلن له مقعد واحد
        [two] أُعلن له مقعدان
        [few] أُعلنت له { $seats } مقاعد
        [many] أُعلن له { $seats } مقعدًا
        *[other] أُعلن له { $seats } مقعد
    }
audit-public-votes-title = { $contest }: الأصوات المعلنة
audit-public-votes-subtitle = { $ballots } ورقة يمكن أن تحمل هذه المنافسة
audit-public-after-round = بعد الجولة { $round }:
audit-public-limit = الحد { $limit }
audit-public-limit-text = حدّ المخاطرة: { $limit }. تظهر المخاطرة هنا بعد إغلاق جولة.
audit-public-risk-title = المخاطرة المقيسة: { $risk }
audit-public-risk-subtitle = احتمال رؤية ما رُئي لو كانت النتيجة خاطئة؛ كلما صغر زاد التأكد، والجزء المظلل كافٍ.
audit-public-round = الجولة
audit-public-round-n = الجولة { $round }
audit-public-board-n = اللجنة { $board }
audit-public-risk = المخاطرة
audit-public-met = تحقق
audit-public-not-met = لم يتحقق بعد
audit-public-claims = { $count ->
        [one] تأكيد واحد يعني النتيجة، بكلمات الحساب
        *[other] تأكيدات تعني مجتمعةً النتيجة، بكلمات الحساب: { $count }
    }
audit-public-claim = التأكيد
audit-public-no-contest = لم تُختر منافسة بعد.
audit-public-sure-title = ما مقدار الثقة التي يمنحها هذا؟
audit-public-sure-text = قبل السحب يُحدَّد حدّ للمخاطرة. يُسحب الورق ويُقرأ حتى يصير احتمال رؤية ذلك مصادفةً مع نتيجة خاطئة دون الحد، أو حتى يُعدّ كل شيء يدويًا. والعدّ اليدوي الكامل يصحح نتيجة خاطئة.
audit-public-sure-not = ما لا يقوله: هل تمكّن الجميع من التصويت، وهل الورق كامل. يقول هل أدّى عدّ هذا الورق إلى النتيجة الصحيحة.
audit-public-differences = أين يختلف الناس والآلات
audit-public-differences-text = تختلف { $differ } من { $compared } { $unit ->
        [batches] حزمة
        *[ballots] ورقة
    }. المعلن ناقص ما قرأه الناس: علامة الزائد تعني أن لدى الآلات أكثر. والمخاطرة المقيسة تحسب كل فرق.
audit-public-place = المكان
audit-public-change = المعلن ناقص المقروء
audit-public-why = التفسير
audit-public-together = عُدّت ضمن { $count } حزم معًا
audit-public-missing = لم يُعثر عليها؛ تُحسب بأكبر أثر ممكن
audit-public-absent = لم يجد الناس المنافسة على البطاقة؛ تُحسب بأكبر أثر ممكن
audit-public-ranks = الآلة: { $reported }؛ الناس: { $read }
audit-public-unexplained = لا تفسير بعد
audit-public-more = { $count } أخرى في التقرير:
audit-public-rounds = الجولات
audit-public-draws = السحبات
audit-public-to-read = للقراءة
audit-public-state = الحالة
audit-public-round-abandoned = تُركت؛ ولا يُحسب منها شيء
audit-public-round-stop = أُغلقت؛ وانتهى التدقيق
audit-public-round-next = أُغلقت؛ وتلتها جولة أخرى
audit-public-round-full = أُغلقت؛ ويُعدّ كل شيء يدويًا
audit-public-round-closed = أُغلقت؛ القرار منتظر
audit-public-round-open = مفتوحة
audit-public-places = الدوائر
audit-public-places-text = وقّعت { $signed } من { $all } دائرة ما سلّمته: { $ballots } ورقة.
audit-public-places-show = { $count ->
    [one] أظهر الدائرة
   *[other] أظهر { $count } دائرة
 }
audit-public-batches = الحزم
audit-public-ballots = الأوراق
audit-public-signed = موقّع
audit-public-unread = للقراءة
audit-public-yes = نعم
audit-public-no = لا
audit-public-events = ترتيب الأحداث
audit-public-events-count = { $count } حدثًا، لكل منها ختمه.
audit-public-all-events = كل الأحداث من أولها
audit-public-step-resolve = قررت الدائرة ما اختلف فيه العضوان
audit-public-step-combine = عُدّت حزم معًا
audit-public-decision-stop = ينتهي التدقيق
audit-public-decision-next-round = جولة أخرى
audit-public-decision-full-hand-count = عدّ يدوي كامل
audit-public-check = تحقق بنفسك
audit-public-check-text = يحوي السجل كل ما ثُبّت قبل النرد وكل سحب وكل ما قرأه الناس. هذا الأمر يسحب ويقيس كل ذلك من جديد على أي حاسوب دون سؤال هذا الخادم:
audit-public-check-later = حين يُثبَّت كل شيء يمكن تنزيل السجل من هنا ويتحقق منه أيٌّ كان.
audit-public-record = سجل التدقيق (JSON)
audit-public-sampler = ما سُحب منه (JSON)
audit-public-report = تقرير بأقسام (CSV)
audit-public-cvrs = سجلات الأصوات لـ
audit-public-cvrs-later = سجلات الأصوات غير منشورة. وحتى تُنشر يحتاجها من الدوائر كل من يتحقق من السجل.
audit-public-log = مسجَّل في السجل
audit-public-method-batch-comparison = مقارنة الحزم
audit-public-method-ballot-comparison = مقارنة الأوراق
audit-public-method-ballot-comparison-colorado = مقارنة الأوراق كما في كولورادو
audit-public-method-ballot-polling = استطلاع الأوراق
audit-public-method-minerva = استطلاع الأوراق (Minerva)
audit-public-method-providence = استطلاع الأوراق (Providence)
audit-public-method-assertion-polling = استطلاع الأوراق بالتأكيدات
audit-public-method-assertion-comparison = مقارنة الأوراق بالتأكيدات
audit-public-method-hybrid = مقارنة واستطلاع معًا
audit-public-means-batch-comparison = تُسحب حزم كاملة من الورق وتُعدّ يدويًا؛ ويُقارَن كل عدّ بالمعلن.
audit-public-means-ballot-comparison = تُسحب أوراق مفردة ويقرؤها أشخاص؛ وتُقارَن كل منها بما سجّلته آلة عن الورقة نفسها.
audit-public-means-ballot-comparison-colorado = تُسحب أوراق مفردة ويقرؤها أشخاص؛ وتُقارَن كل منها بما سجّلته آلة عن الورقة نفسها.
audit-public-means-ballot-polling = تُسحب أوراق مفردة ويقرؤها أشخاص كما في استطلاع: هل للفائزين أصوات كافية في العينة؟
audit-public-means-minerva = تُسحب أوراق مفردة ويقرؤها أشخاص كما في استطلاع: هل للفائزين أصوات كافية في العينة؟
audit-public-means-providence = تُسحب أوراق مفردة ويقرؤها أشخاص كما في استطلاع: هل للفائزين أصوات كافية في العينة؟
audit-public-means-assertion-polling = تُسحب أوراق مفردة ويقرؤها أشخاص؛ وتُختبر عليها تأكيدات تعني مجتمعةً النتيجة.
audit-public-means-assertion-comparison = تُسحب أوراق مفردة ويقرؤها أشخاص وتُقارَن بما سجّلته آلة؛ وتُختبر تأكيدات تعني مجتمعةً النتيجة.
audit-public-means-hybrid = حيث سجّلت الآلات الأوراق مفردةً تُقارَن؛ والباقي يُستطلع.
audit-public-count = كيف عُدّت الأصوات
audit-public-count-link = كيف عُدّت الأصوات، جولةً جولة
audit-public-count-answer = من الجولة الأولى إلى الأخيرة، كما عدّت الآلات ما ثُبّت. ويتحقق التدقيق من صحة النتيجة.
audit-public-count-none = لم يُعدّ شيء هنا في جولات: يفوز من له أكثر الأصوات.
audit-public-count-ranked = { $rounds ->
        [one] فاز { $winner } في الجولة الأولى.
        *[other] فاز { $winner } بعد { $rounds } جولات. بعد كل جولة يخرج من له أقل الأصوات، وتُحسب كل بطاقة من بطاقاته للخيار التالي عليها.
    }
audit-public-count-round = الجولة { $round }: يخرج { $who }
audit-public-count-last = الجولة { $round }: يفوز { $who }
audit-public-count-subtitle = تُحسب { $votes } بطاقة لأحدهم، و{ $exhausted } ليس فيها أحد ممن بقوا
audit-public-count-votes = البطاقات
audit-public-count-out = خرج
audit-public-count-exhausted = ليس فيها أحد ممن بقوا
audit-public-count-lists = تذهب { $seats } مقاعد إلى القوائم واحدًا بعد واحد
audit-public-count-lists-subtitle = المقاعد حسب القائمة
audit-public-count-seats = { $seats ->
        [0] لا مقعد
        [one] مقعد واحد
        [two] مقعدان
        [few] { $seats } مقاعد
        [many] { $seats } مقعدًا
        *[other] { $seats } مقعد
    }
audit-public-count-seats-head = المقاعد
audit-public-count-how = يذهب كل مقعد إلى القائمة ذات أكبر حاصل: أصواتها على قاسم يكبر مع كل مقعد لها.
audit-public-count-order = المقاعد بترتيبها
audit-public-count-seat = المقعد
audit-public-count-quotient = الأصوات على القاسم
