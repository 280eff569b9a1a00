# Explanations of discrepancies
audit-explain-title = الفروق
audit-explain-none = لا شيء مما قُرئ يختلف عما أعلنته الآلات، أو لم تُغلق أي جولة بعد.
audit-explain-missing = { $missing ->
    [0] لكل فرق تفسير. ما يُكتب هنا يظهر في الصفحة العامة.
   *[other] { $missing } من { $all } فرقًا بلا تفسير بعد. ما يُكتب هنا يظهر في الصفحة العامة.
 }
audit-explain-words = ما السبب؟
audit-explain-hint = ما وُجد عند النظر، دون أسماء أو عناوين أو أرقام هواتف.
audit-explain-send = سجّل هذا التفسير
