# Refusals of access
error-scr-acc-003 = يقتصر دورك على { $place } وهذا يقع خارجه. اطلب ذلك ممن يشمل دوره هذا المكان.
error-scr-acc-004 = عنوان البريد الإلكتروني وكلمة المرور لا يتطابقان. حاول مرة أخرى أو اطلب من المسؤول رابطا جديدا.
error-scr-acc-005 = محاولات كثيرة في وقت قصير. انتظر { $seconds } ثانية ثم حاول مرة أخرى.
error-scr-acc-006 = تتكوّن كلمة المرور من { $min } حرفا على الأقل و{ $max } حرفا على الأكثر. بضع كلمات لا صلة بينها يسهل تذكّرها.
error-scr-acc-007 = يسهل تخمين كلمة المرور هذه. أضف كلمات لا صلة لها بك ولا بالعمل.
error-scr-acc-008 = هذا الرابط غير معروف أو سبق استعماله أو قديم جدا. اطلب رابطا جديدا.
error-scr-acc-009 = يتطلب التوقيع كلمة المرور أو مفتاح المرور مرة أخرى. أكّد هويتك ثم وقّع.
error-scr-acc-012 = هذا ليس عنوان بريد إلكتروني. شكله مثل name@example.org.
error-scr-acc-013 = اكتب اسما لا يزيد على { $max } حرفا.
error-scr-acc-014 = لدى هذا الشخص هذا الدور من قبل.
error-scr-acc-015 = لم يُقبل مفتاح المرور. حاول مرة أخرى أو استعمل كلمة المرور.
error-scr-acc-016 = لا تعمل مفاتيح المرور على هذا العنوان. استعمل كلمة المرور أو افتح الموقع باسمه.
error-scr-acc-017 = ليس لك دور هنا، أو ليس لك الدور الذي اخترته. اسأل المسؤول.
error-scr-acc-018 = يسجّل الدخول عدد كبير من الأشخاص في هذه اللحظة. حاول مرة أخرى بعد بضع ثوانٍ.
error-scr-acc-019 = هذا آخر مسؤول، ولن يستطيع أحد منح الأدوار بعده. عيّن مسؤولا آخر أولا.
error-scr-acc-020 = لديك { $max } منها من قبل. احذف واحدا لم يعد مستعملا.
error-scr-acc-021 = لا توجد منظمة كهذه هنا. اختر واحدة من القائمة أو أنشئها أولًا.
error-scr-acc-022 = لا يمكن لأحد تسجيل الدخول هنا: لا يعرف هذا الخادم أي شخص.
error-scr-acc-023 = توجد منظمة بالمعرّف { $id } من قبل. اختر معرّفًا آخر.
error-scr-acc-024 = لم يعد لهذا الشخص هذا الدور. انظر إلى صفحته مرة أخرى.
error-scr-acc-025 = لا يوجد شخص كهذا. اختر شخصًا من قائمة الأشخاص.
error-scr-acc-026 = يتكون المعرّف من 1 إلى 64 حرفًا من a–z و0–9 والشرطة، ويبدأ وينتهي بحرف أو رقم.
error-scr-acc-027 = لا يتجاوز المكان { $max } بايت. لا يُقيَّد المديرون والمشاهدون بمكان: اتركه فارغًا لهم.
error-scr-acc-028 = كلمتا المرور الجديدتان غير متطابقتين. اكتبهما مرة أخرى.
error-scr-acc-029 = لا يفعل هذا إلا مدير. اطلبه من مديرك.
error-scr-acc-030 = لستَ ممن يجوز لهم اعتماد هذا.
error-scr-acc-031 = سبق أن وقّعت هنا أو خالفت أو تنحّيت. والموقف نهائي.
error-scr-acc-032 = تغيّر المحتوى منذ أن رأيته. اقرأه من جديد ثم قرّر.
error-scr-acc-033 = شاركتَ في هذا العمل، فلا بد أن يعتمده شخص آخر.
error-scr-acc-034 = هذا الاعتماد مغلق.
office-sign-in = تسجيل الدخول
office-email = البريد الإلكتروني
office-password = كلمة المرور
office-start = البداية
office-administration = الإدارة
office-organisation = المنظمة
office-organisations = المنظمات
office-organisations-answer =
    { $count ->
        [zero] لا تشارك أي منظمة.
        [one] تشارك منظمة واحدة.
        [two] تشارك منظمتان.
        [few] تشارك { $count } منظمات.
       *[other] تشارك { $count } منظمة.
    }
office-organisation-new = إضافة منظمة
office-organisation-new-answer = كل ما يُسجَّل يُسجَّل باسم منظمة وبمفتاحها الخاص.
office-organisation-name = اسم المنظمة
office-organisation-name-hint = كما يعرفها الناس. يظهر الاسم في السجل العام.
office-organisation-id = المعرّف
office-organisation-id-hint = للعناوين والسجل، مثل electoral-commission: a–z و0–9 وشرطات. لا يمكن تغييره لاحقًا.
office-record-organisation = معرّفها واسمها والمفتاح الذي تُوقَّع به أعمالها.
office-act-organisation = إضافة وتسجيل
office-cancel = إلغاء
office-recorded = سُجِّل
office-seal = التسجيل
office-people = الأشخاص
office-people-answer =
    { $count ->
        [zero] لا أحد في القائمة.
        [one] في القائمة شخص واحد.
        [two] في القائمة شخصان.
        [few] في القائمة { $count } أشخاص.
       *[other] في القائمة { $count } شخصًا.
    } لا يرى الأسماء والعناوين إلا المديرون، وليس في السجل العام شيء منها.
office-people-search = الاسم أو البريد الإلكتروني
office-people-none = لا أحد يطابق
office-people-none-text = اختر مرشِّحًا آخر أو ادعُ شخصًا.
office-all = الكل
office-name = الاسم
office-name-hint = كما يكتبه صاحبه. لا يظهر أبدًا في السجل العام.
office-email-hint = لتسجيل الدخول. لا تُرسَل أي رسالة.
office-role = الدور
office-roles = الأدوار
office-role-hint = المديرون يديرون المنظمات والأشخاص والأدوار. المسؤولون يستوردون وينشرون. المدخلون يكتبون المحاضر، والمشرفون يفصلون في الفروق، والمراقبون يسلّمون النسخ، والمشاهدون ينظرون.
office-state = الحالة
office-accepted = يمكنه الدخول
office-invited = مدعو
office-no-role = بلا دور
office-no-role-text = لا دور لهذا الشخص، ولا يمكنه تسجيل الدخول.
office-grant = { $role }، { $org }
office-grant-at = { $role }، { $org }، فقط { $place }
office-place = لهذا المكان فقط
office-place-hint = رمز من سجل مراكز الاقتراع، ويشمل كل ما تحته. اتركه فارغًا ليشمل كل مكان.
office-invite = دعوة شخص
office-invite-answer = ستحصل على رابط لهذا الشخص يُعرض مرة واحدة. سلّمه بنفسك: لا يرسل هذا الخادم بريدًا.
office-act-invite = دعوة وتسجيل
office-record-role = المنظمة والدور والمكان. تبقى هوية الشخص خاصة، ويحفظ السجل التزامًا مختومًا بها.
office-person-accepted =
    { $count ->
        [zero] لا دور له.
        [one] يمكنه الدخول بدور واحد.
        [two] يمكنه الدخول بدورين.
        [few] يمكنه الدخول بـ { $count } أدوار.
       *[other] يمكنه الدخول بـ { $count } دورًا.
    }
office-person-invited = لم يستعمل الرابط بعد، ولا يمكنه تسجيل الدخول.
office-person-id = المعرّف في الحقول الخاصة من السجل
office-change = تغيير
office-withdraw = سحب
office-withdraw-title = هل يُسحب هذا الدور؟
office-withdraw-consequence = يسري فورًا
office-withdraw-text = تنتهي جلسات الدخول ورموز الواجهة في هذا الدور. ويبقى ما سجّله الشخص في السجل.
office-record-withdraw = أن هذا الدور سُحب من شخص في هذه المنظمة. وتبقى هويته خاصة.
office-act-withdraw = سحب وتسجيل
office-grant-title = منح دور آخر
office-act-grant = منح وتسجيل
office-link-title = دعوة أو كلمة مرور مفقودة
office-link-why = يتيح رابط جديد لهذا الشخص اختيار كلمة مرور جديدة. تبطل الروابط السابقة، وتنتهي جلسات الدخول عند استعماله.
office-record-link = أن رابطًا جديدًا أُصدر لشخص: فمن يحمله يمكنه التصرف باسمه.
office-act-link = إنشاء رابط جديد
office-link-made = سلّم هذا الرابط
office-link-hand-over = سلّمه بنفسك إلى { $name } بطريقة لا يقرؤها سواه. يعمل مرة واحدة خلال { $days } يومًا.
office-link-for = رابط لـ { $name }
office-link-done = لقد نسخته
office-link-until = يعمل هذا الرابط حتى
office-first-title = تولَّ هذا التثبيت
office-first-answer = تصبح أول مدير له: تضيف المنظمات وتدعو الأشخاص وتمنح الأدوار. أما النتائج فيُدخلها غيرك.
office-you = أنت
office-password-new = كلمة المرور الجديدة
office-password-again = كلمة المرور نفسها مرة أخرى
office-password-old = كلمة المرور الحالية
office-password-hint = من { $min } إلى { $max } حرفًا. بضع كلمات لا رابط بينها يسهل تذكّرها.
office-password-change = تغيير كلمة المرور
office-password-answer = تنتهي جلسات دخولك الأخرى عند تغيير كلمة المرور.
office-record-first = المنظمة باسمها ومفتاحها، وأن لها مديرًا. ويبقى اسمك وعنوانك خاصين.
office-act-first = البدء والتسجيل
office-join-title = اختر كلمة مرورك
office-join-answer = دُعيت باسم { $name }. بكلمة مرور يمكنك تسجيل الدخول.
office-act-join = حفظ وتسجيل الدخول
office-new-title = ليس لهذا التثبيت مدير بعد
office-new-text = يحصل من يشغّل الخادم على رابط لمرة واحدة بهذا الأمر:
office-lost = فقدت كلمة مرورك؟ ينشئ لك مديرك رابطًا جديدًا.
office-sign-in-passkey = تسجيل الدخول بمفتاح مرور
office-passkey-ask = يطلب متصفحك مفتاح المرور الذي أضفته إلى حسابك.
office-passkey-use = استعمال مفتاح المرور
office-passkey-script = تحتاج مفاتيح المرور إلى برنامج نصي لا يشغّله هذا المتصفح. كلمة المرور تعمل من دونه.
office-passkey-instead = استعمال كلمة المرور بدلًا منه
office-passkey-add = إضافة مفتاح مرور
office-passkey-new = يثبت هاتفك أو حاسوبك أو مفتاح الأمان أنك أنت. وتبقى كلمة المرور صالحة.
office-passkey-label-hint = لتمييزه عن غيره، مثل «حاسوب المكتب».
office-passkeys = مفاتيح المرور
office-passkeys-text = يسجّل مفتاح المرور دخولك ويؤكد الأعمال الموقّعة من دون كلمة المرور.
office-acting = تعمل بصفة
office-switch-title = المتابعة بدور آخر
office-switch-text = يُسجَّل كل عمل بدور واحد. اختر الدور الذي تريد العمل به الآن.
office-language = اللغة
office-language-pages = لغة صفحاتك
office-language-keep = حفظ هذه اللغة
office-logins = أين سُجّل دخولك
office-logins-text = أنهِ ما ليس لك، ثم غيّر كلمة المرور.
office-since = منذ
office-seen = آخر صفحة
office-used = آخر استعمال
office-until = حتى
office-never = أبدًا
office-this-login = هذه
office-end = إنهاء
office-end-others = إنهاء كل الأخرى
office-label = اسم من اختيارك
office-remove = إزالة
office-tokens = رموز الواجهة البرمجية
office-tokens-text = البرنامج الذي يرسل رمزًا يعمل بدورك الحالي. ولا يوقّع أبدًا.
office-token-label = غرض الرمز
office-token-label-hint = مثل «تصدير ليلي».
office-token-days = مدة صلاحيته
office-token-new = إنشاء رمز
office-token-made = انسخ هذا الرمز
office-token-use = ترسله البرامج مع كل طلب إلى الواجهة:
office-revoke = إلغاء الرمز
office-days = { $days } يومًا
office-done-password = تغيّرت كلمة المرور. وانتهت جلسات دخولك الأخرى.
office-done-language = حُفظت اللغة.
office-done-logins = انتهت جلسة الدخول.
office-done-passkey = أُضيف مفتاح المرور.
office-done-passkey-removed = أُزيل مفتاح المرور.
office-done-token-revoked = لم يعد الرمز يعمل.
kind-access-organisation-created = أُنشئت منظمة
kind-access-role-granted = أُسند دور
kind-access-role-withdrawn = سُحب دور
kind-access-link-issued = أُصدر رابط لشخص
