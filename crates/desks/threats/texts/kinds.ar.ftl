# What is recorded of threat sharing
# Not reviewed by a native speaker.
kind-threats-community-founded = تأسّست جماعة
kind-threats-member-joined = انضمّ عضو إلى جماعة
kind-threats-member-left = غادر عضو جماعة
kind-threats-change-proposed = اقتُرح تغيير في جماعة
kind-threats-change-voted = أبدى عضو موقفه
kind-threats-objects-published = نُشرت معلومات عن تهديدات
kind-threats-objects-withdrawn = سُحبت معلومات منشورة
kind-threats-objects-shared = شارك عضو جماعته معلومات
kind-threats-batch-closed = أُغلقت دفعة ما يُشارَك مع قلّة
kind-threats-escrow-asked = سأل أمين عمّن وراء اسم مستعار
kind-threats-escrow-opened = كشف أمينان اسمًا مستعارًا
kind-threats-escrow-refused = رفض أمين كشف اسم مستعار
kind-threats-vocabulary-imported = استُورد معجم أو قائمة تحذير
