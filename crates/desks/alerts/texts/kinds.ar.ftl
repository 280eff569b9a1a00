kind-alerts-network-imported = استيراد المناطق ومراكز الاقتراع الخاصة بالتنبيهات
kind-alerts-alert-issued = إصدار تنبيه
kind-alerts-drill-begun = بدء تمرين
kind-alerts-drill-ended = انتهاء تمرين
kind-alerts-contacts-imported = استيراد جهات الاتصال للتنبيهات
kind-alerts-contacts-changed = تعديل جهات الاتصال للتنبيهات
kind-alerts-gateway-set = إعداد بوابة للتنبيهات أو تغييرها
kind-alerts-gateway-removed = إزالة بوابة للتنبيهات
