//! The codes of everything that can be wrong with an input (`docs/reference/errors/imp.md`).

/// The file is larger than the limit.
pub const INPUT_TOO_LARGE: &str = "SCR-IMP-001";
/// The file is empty.
pub const EMPTY: &str = "SCR-IMP-002";
/// The file holds NUL bytes and is not UTF-16.
pub const NUL_BYTES: &str = "SCR-IMP-003";
/// Bytes that the encoding does not have.
pub const UNDECODABLE: &str = "SCR-IMP-004";
/// A quoted cell that never ends.
pub const UNCLOSED_QUOTE: &str = "SCR-IMP-005";
/// Text between a closing quote and the next delimiter.
pub const TEXT_AFTER_QUOTE: &str = "SCR-IMP-006";
/// A record with more or fewer cells than the header.
pub const RAGGED: &str = "SCR-IMP-007";
/// More records than the limit.
pub const TOO_MANY_ROWS: &str = "SCR-IMP-008";
/// More cells in a record, or in the file, than the limit.
pub const TOO_MANY_COLUMNS: &str = "SCR-IMP-009";
/// A cell longer than the limit.
pub const CELL_TOO_LONG: &str = "SCR-IMP-010";
/// The file is in no format that can be read.
pub const UNKNOWN_FORMAT: &str = "SCR-IMP-011";
/// Several line ends in one file.
pub const MIXED_LINE_ENDS: &str = "SCR-IMP-012";
/// The encoding was guessed, and the guess is weak.
pub const ENCODING_GUESSED: &str = "SCR-IMP-013";
/// A web page, not a table; often the error page of a download.
pub const WEB_PAGE: &str = "SCR-IMP-014";
/// A PDF.
pub const PDF: &str = "SCR-IMP-015";
/// A workbook of the old binary format (xls), or an encrypted one.
pub const OLD_WORKBOOK: &str = "SCR-IMP-016";
/// Another binary format: packed, a picture, a database.
pub const BINARY: &str = "SCR-IMP-017";
/// A JSON or XML document of a format that is not read.
pub const OTHER_DOCUMENT: &str = "SCR-IMP-018";

/// The archive or spreadsheet is damaged.
pub const ARCHIVE_DAMAGED: &str = "SCR-IMP-020";
/// More members than the limit.
pub const ARCHIVE_MEMBERS: &str = "SCR-IMP-021";
/// Unpacks to more than the limit.
pub const ARCHIVE_TOO_LARGE: &str = "SCR-IMP-022";
/// Packed more tightly than any honest file.
pub const ARCHIVE_RATIO: &str = "SCR-IMP-023";
/// An archive within an archive.
pub const ARCHIVE_NESTED: &str = "SCR-IMP-024";
/// Several members, and the mapping chooses none.
pub const ARCHIVE_CHOICE: &str = "SCR-IMP-025";
/// The member that the mapping names is not there.
pub const ARCHIVE_NO_MEMBER: &str = "SCR-IMP-026";
/// An encrypted archive.
pub const ARCHIVE_ENCRYPTED: &str = "SCR-IMP-027";
/// The sheet that the mapping names is not there.
pub const NO_SHEET: &str = "SCR-IMP-030";
/// More sheets than the limit.
pub const TOO_MANY_SHEETS: &str = "SCR-IMP-031";
/// A cell of the spreadsheet holds an error such as `#REF!`.
pub const CELL_ERROR: &str = "SCR-IMP-032";
/// Several sheets, and the mapping chooses none.
pub const SHEET_CHOICE: &str = "SCR-IMP-033";
/// The sheet that is read is hidden in the workbook.
pub const SHEET_HIDDEN: &str = "SCR-IMP-034";

/// The mapping cannot be read, or has a field that nobody knows.
pub const MAPPING_UNREADABLE: &str = "SCR-IMP-040";
/// The mapping is of another version.
pub const MAPPING_VERSION: &str = "SCR-IMP-041";
/// The mapping contradicts itself or lacks something.
pub const MAPPING_INVALID: &str = "SCR-IMP-042";
/// The file has no column of this name.
pub const NO_COLUMN: &str = "SCR-IMP-043";
/// Two columns have this name.
pub const AMBIGUOUS_COLUMN: &str = "SCR-IMP-044";
/// A column is used for two things.
pub const COLUMN_TWICE: &str = "SCR-IMP-045";
/// There is no header where the mapping says.
pub const NO_HEADER: &str = "SCR-IMP-046";
/// No record is left to import.
pub const NO_ROWS: &str = "SCR-IMP-047";

/// The file has no contest of this name.
pub const NO_SUCH_CONTEST: &str = "SCR-IMP-048";

/// Not a whole number.
pub const NOT_A_NUMBER: &str = "SCR-IMP-050";
/// A number with a fraction.
pub const FRACTION: &str = "SCR-IMP-051";
/// A number below zero.
pub const NEGATIVE: &str = "SCR-IMP-052";
/// A number too large for a result.
pub const NUMBER_TOO_LARGE: &str = "SCR-IMP-053";
/// Thousands separators in the wrong places.
pub const GROUPING: &str = "SCR-IMP-054";
/// A formula where a number is expected.
pub const FORMULA: &str = "SCR-IMP-055";
/// Numbers of a workbook are results of formulas.
pub const FORMULA_RESULTS: &str = "SCR-IMP-056";

/// A record without a unit code.
pub const NO_UNIT: &str = "SCR-IMP-060";
/// The same unit (and part) twice in a wide file.
pub const UNIT_TWICE: &str = "SCR-IMP-061";
/// The same contestant twice in one unit of a long file.
pub const VOTES_TWICE: &str = "SCR-IMP-062";
/// A tally-sheet line with two values in the rows of one unit.
pub const FIELD_DIFFERS: &str = "SCR-IMP-063";
/// A record whose numbers are all missing.
pub const NUMBERLESS: &str = "SCR-IMP-064";
/// A record without a contestant.
pub const NO_CONTESTANT: &str = "SCR-IMP-065";
/// A record without a contest.
pub const NO_CONTEST: &str = "SCR-IMP-066";
/// The votes differ from the sum of their parts.
pub const PARTS_DIFFER: &str = "SCR-IMP-067";
/// Units have no code in the file; the row number stands in.
pub const UNITS_BY_ROW: &str = "SCR-IMP-068";
/// A limit of the results model (rows, columns, length of a name).
pub const MODEL_LIMIT: &str = "SCR-IMP-069";
/// A record of a joined file has no partner.
pub const JOIN_UNMATCHED: &str = "SCR-IMP-070";
/// The key of a joined file repeats.
pub const JOIN_REPEATED: &str = "SCR-IMP-071";
/// A contestant's heading without any number.
pub const CONTESTANT_NUMBERLESS: &str = "SCR-IMP-072";
/// The unit code was damaged by a spreadsheet program and mended (`="001"`).
pub const CODE_UNWRAPPED: &str = "SCR-IMP-073";

/// A registry key that repeats.
pub const PLACE_TWICE: &str = "SCR-IMP-080";
/// A further column that makes the key unique.
pub const PLACE_KEY_SUGGESTION: &str = "SCR-IMP-081";
/// A coordinate that is none.
pub const COORDINATE: &str = "SCR-IMP-082";
/// A coordinate outside the earth.
pub const COORDINATE_RANGE: &str = "SCR-IMP-083";
/// A level is empty while the next one is not.
pub const LEVEL_GAP: &str = "SCR-IMP-084";
/// A station without a number.
pub const PLACE_NO_CODE: &str = "SCR-IMP-085";
/// Neither a code nor a path.
pub const PLACE_EMPTY: &str = "SCR-IMP-086";
/// Stations have no code in the file; the row number stands in.
pub const PLACES_BY_ROW: &str = "SCR-IMP-087";
/// A code that stands in two places of the registry: results could not say which is meant.
pub const STATION_CODE_TWICE: &str = "SCR-IMP-088";
/// A unit that the registry does not have.
pub const UNIT_UNKNOWN: &str = "SCR-IMP-090";
/// A unit matched only after stripping zeros, marks or case.
pub const UNIT_NORMALISED: &str = "SCR-IMP-091";
/// A unit that fits several places of the registry.
pub const UNIT_AMBIGUOUS: &str = "SCR-IMP-092";

/// XML that is not well formed.
pub const XML_SYNTAX: &str = "SCR-IMP-100";
/// A document type or entity declaration.
pub const XML_DOCTYPE: &str = "SCR-IMP-101";
/// XML or JSON deeper than the limit.
pub const TOO_DEEP: &str = "SCR-IMP-102";
/// XML with more elements than the limit.
pub const XML_TOO_MANY_NODES: &str = "SCR-IMP-103";
/// An entity that is none of XML's own five.
pub const XML_ENTITY: &str = "SCR-IMP-104";
/// JSON that is not well formed.
pub const JSON_SYNTAX: &str = "SCR-IMP-110";
/// JSON: an object has a name twice.
pub const JSON_NAME_TWICE: &str = "SCR-IMP-105";
/// NIST: not an election report, or of an unknown version.
pub const NIST_NOT_A_REPORT: &str = "SCR-IMP-111";
/// NIST: something that the schema requires is missing.
pub const NIST_MISSING: &str = "SCR-IMP-112";
/// NIST: a value that the schema does not know.
pub const NIST_VALUE: &str = "SCR-IMP-113";
/// NIST: a reference to an id that is not there.
pub const NIST_REFERENCE: &str = "SCR-IMP-114";
/// NIST: an id given twice.
pub const NIST_ID_TWICE: &str = "SCR-IMP-115";
/// NIST: a report from before the vote; a definition without results.
pub const NIST_NO_RESULTS: &str = "SCR-IMP-116";
/// NIST: the same count twice.
pub const NIST_COUNT_TWICE: &str = "SCR-IMP-117";
/// NIST: counts for several levels of place; only one level is imported.
pub const NIST_LEVELS: &str = "SCR-IMP-118";
/// NIST: a total stands beside its parts; the total is used.
pub const NIST_TOTAL_AND_PARTS: &str = "SCR-IMP-119";

/// EML: not an EML document.
pub const EML_NOT_EML: &str = "SCR-IMP-120";
/// EML: a document of another kind than is read here.
pub const EML_KIND: &str = "SCR-IMP-121";
/// EML: another version of the schema.
pub const EML_VERSION: &str = "SCR-IMP-122";
/// EML: an element or attribute that must be there is not.
pub const EML_MISSING: &str = "SCR-IMP-123";
/// EML: a document of another election.
pub const EML_OTHER_ELECTION: &str = "SCR-IMP-124";
/// EML: a value that the profile does not know.
pub const EML_VALUE: &str = "SCR-IMP-125";
/// EML: a subcategory that does not belong to the category.
pub const EML_SUBCATEGORY: &str = "SCR-IMP-126";
/// EML: candidates nominated on or after the day of the election.
pub const EML_DATES: &str = "SCR-IMP-127";
/// EML: seats out of range or not of this subcategory.
pub const EML_SEATS: &str = "SCR-IMP-128";
/// EML: a preference threshold that is not of this election.
pub const EML_THRESHOLD: &str = "SCR-IMP-129";
/// EML: a reason of rejected or uncounted votes that nobody knows.
pub const EML_REASON: &str = "SCR-IMP-130";
/// EML: numbers of lists or candidates do not rise.
pub const EML_ORDER: &str = "SCR-IMP-131";
/// EML: a list, candidate, unit or reason twice.
pub const EML_TWICE: &str = "SCR-IMP-132";
/// EML: a list without candidates.
pub const EML_EMPTY_LIST: &str = "SCR-IMP-133";
/// EML: the votes of a list are not those of its candidates.
pub const EML_LIST_SUM: &str = "SCR-IMP-134";
/// EML: a total is not the sum of the units.
pub const EML_TOTALS_DIFFER: &str = "SCR-IMP-135";
/// EML: a candidate of the count whom the candidate list does not have.
pub const EML_NO_CANDIDATE: &str = "SCR-IMP-136";
/// EML: a definition or candidate list; it has no results.
pub const EML_NO_RESULTS: &str = "SCR-IMP-137";
/// EML: no polling station.
pub const EML_NO_STATIONS: &str = "SCR-IMP-138";
/// EML: the stations' voters are not the number stated for the contest.
pub const EML_STATION_SUM: &str = "SCR-IMP-139";
/// EML: a count with totals only.
pub const EML_TOTALS_ONLY: &str = "SCR-IMP-140";

/// GeoJSON: not a collection of features.
pub const GEOJSON_NOT_FEATURES: &str = "SCR-IMP-150";
