# Playbooks and crisis plans: what is recorded
kind-response-playbook-imported = استيراد نسخة من دليل عمل أو إنشاؤها
kind-response-playbook-adopted = منظمة جعلت دليل عمل نافذًا
kind-response-playbook-withdrawn = منظمة سحبت دليل عمل
kind-response-plan-drafted = وضع مسودة خطة أزمات
kind-response-plan-adopted = منظمة جعلت خطة أزماتها نافذة
kind-response-key-pinned = منظمة ثبّتت مفتاحًا يوقّع أدلة العمل
kind-response-key-unpinned = منظمة لم تعد تثق بمفتاح يوقّع أدلة العمل
