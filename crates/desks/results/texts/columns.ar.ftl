results-desk-columns-answer = يُقرأ { $used } من أصل { $columns } من أعمدة { $file }.
results-desk-columns-doubts = { $count ->
    [0] تأكّد من أن كل عمود هو ما كُتب بجانبه، ثم تابع.
    [one] عمود واحد غير مؤكد وعليه علامة: انظر إليه أولاً.
    [two] عمودان غير مؤكدين وعليهما علامة: انظر إليهما أولاً.
    [few] { $count } أعمدة غير مؤكدة وعليها علامة: انظر إليها أولاً.
   *[other] { $count } من الأعمدة غير مؤكدة وعليها علامة: انظر إليها أولاً.
 }
results-desk-columns-title = ما هو كل عمود
results-desk-columns-values = القيم
results-desk-columns-role = هو
results-desk-columns-by-row = لا يسمّي الملف مراكز اقتراع: كل صف مركز.
results-desk-columns-again = عرض من جديد بهذه الأعمدة
results-desk-columns-experts = للمختصين: التوصيف كله كملف
results-desk-roles-station = مركز الاقتراع
results-desk-roles-votes = الأصوات
results-desk-roles-lines = أسطر المحضر
results-desk-role-out = لا يُقرأ
results-desk-role-code-1 = رمز مركز الاقتراع
results-desk-role-code-2 = الجزء الثاني من الرمز
results-desk-role-code-3 = جزء آخر من الرمز
results-desk-role-name = اسم مركز الاقتراع
results-desk-role-place = المكان الأعلى (إقليم أو دائرة)
results-desk-role-part = جزء يُحصى على حدة
results-desk-role-contest = اسم المنافسة
results-desk-role-contestant = أصوات أحد المتنافسين
results-desk-role-who = يسمّي المتنافس، صف لكل واحد
results-desk-role-votes = أصوات المتنافس المذكور في الصف
results-desk-role-group = حزب المتنافس المذكور في الصف أو قائمته
results-desk-role-doubt = انظر إليه
results-desk-role-proposed = كان الاقتراح: { $role }.
results-desk-role-wrong-no-code = لا عمود هو رمز مركز الاقتراع. اختر واحداً أعلاه، أو قل إن كل صف مركز اقتراع.
results-desk-role-wrong-twice = عمود آخر هو «{ $role }» من قبل. اختر شيئاً آخر لأحدهما.
results-desk-role-wrong-no-numbers = لا عمود فيه أصوات أو سطر من المحضر. اختر ما هي أعمدة الأرقام.
results-desk-role-wrong-half-long = الملف الذي فيه صف لكل متنافس يحتاج إلى عمودين: عمود للمتنافس وعمود للأصوات.
results-desk-role-wrong-wide-and-long = الأصوات موجودة في عمود خاص بها. اترك هذا العمود دون قراءة، أو غيّر ذاك.
results-desk-role-wrong-other-file = هذه الأعمدة ليست أعمدة الملف. انظر إلى الصفحة من جديد واختر.
results-desk-like-title = يُقرأ كما قُرئ ملف سابق
results-desk-like-text = كل أعمدة ذلك الملف موجودة في هذا الملف. سُجّل في:
results-desk-like-anew = اقتراح من جديد
