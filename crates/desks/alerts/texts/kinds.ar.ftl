kind-alerts-network-imported = استيراد المناطق ومراكز الاقتراع الخاصة بالتنبيهات
kind-alerts-alert-issued = إصدار تنبيه
kind-alerts-drill-begun = بدء تمرين
kind-alerts-drill-ended = انتهاء تمرين
kind-alerts-drill-noted = تدوين ملاحظة في تمرين
