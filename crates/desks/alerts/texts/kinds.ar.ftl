kind-alerts-network-imported = استيراد المناطق ومراكز الاقتراع الخاصة بالتنبيهات
kind-alerts-alert-issued = إصدار تنبيه
kind-alerts-drill-begun = بدء تمرين
kind-alerts-drill-ended = انتهاء تمرين
kind-alerts-wording-approved = اعتماد نص تنبيه
kind-alerts-release-agreed = الموافقة على إصدار تنبيه
kind-alerts-cap-signed = توقيع رسالة CAP لتنبيه
kind-alerts-signer-named = تعيين مفتاح رسائل CAP
