//! STIX patterning: what an indicator looks for, and whether observations show it.
