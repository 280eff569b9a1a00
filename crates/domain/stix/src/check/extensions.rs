//! Extensions of observables that the standard itself defines (STIX 2.1 section 6).

use super::kinds::Kind::{
    Bool, Closed, Dictionary, Hashes, Header, Hex, Number, Object, Objects, Open, Ref, Refs, Text, Texts,
    Time,
};
use super::kinds::{Shape, Targets, may, must};
use super::observables::{ANY, COUNT};
use super::vocab;

static ARCHIVE: Shape =
    Shape::of(&[must("contains_refs", Refs(Targets::Only(&["file", "directory"]))), may("comment", Text)]);

static NTFS: Shape = Shape::of(&[may("sid", Text), may("alternate_data_streams", Objects(&DATA_STREAM))])
    .one_of(&["sid", "alternate_data_streams"]);

static DATA_STREAM: Shape = Shape::of(&[must("name", Text), may("hashes", Hashes), may("size", COUNT)]);

static PDF: Shape = Shape::of(&[
    may("version", Text),
    may("is_optimized", Bool),
    may("document_info_dict", Dictionary),
    may("pdfid0", Text),
    may("pdfid1", Text),
])
.one_of(&["version", "is_optimized", "document_info_dict", "pdfid0", "pdfid1"]);

static RASTER_IMAGE: Shape = Shape::of(&[
    may("image_height", COUNT),
    may("image_width", COUNT),
    may("bits_per_pixel", COUNT),
    may("exif_tags", Dictionary),
])
.one_of(&["image_height", "image_width", "bits_per_pixel", "exif_tags"]);

static PE_BINARY: Shape = Shape::of(&[
    must("pe_type", Open(vocab::PE_TYPE)),
    may("imphash", Text),
    may("machine_hex", Hex),
    may("number_of_sections", COUNT),
    may("time_date_stamp", Time),
    may("pointer_to_symbol_table_hex", Hex),
    may("number_of_symbols", COUNT),
    may("size_of_optional_header", COUNT),
    may("characteristics_hex", Hex),
    may("file_header_hashes", Hashes),
    may("optional_header", Object(&PE_HEADER)),
    may("sections", Objects(&PE_SECTION)),
])
.one_of(&[
    "imphash",
    "machine_hex",
    "number_of_sections",
    "time_date_stamp",
    "pointer_to_symbol_table_hex",
    "number_of_symbols",
    "size_of_optional_header",
    "characteristics_hex",
    "file_header_hashes",
    "optional_header",
    "sections",
]);

static PE_SECTION: Shape = Shape::of(&[
    must("name", Text),
    may("size", COUNT),
    may("entropy", Number(0.0, f64::MAX)),
    may("hashes", Hashes),
]);

static PE_HEADER: Shape = Shape::of(&[
    may("magic_hex", Hex),
    may("major_linker_version", ANY),
    may("minor_linker_version", ANY),
    may("size_of_code", COUNT),
    may("size_of_initialized_data", COUNT),
    may("size_of_uninitialized_data", COUNT),
    may("address_of_entry_point", ANY),
    may("base_of_code", ANY),
    may("base_of_data", ANY),
    may("image_base", ANY),
    may("section_alignment", ANY),
    may("file_alignment", ANY),
    may("major_os_version", ANY),
    may("minor_os_version", ANY),
    may("major_image_version", ANY),
    may("minor_image_version", ANY),
    may("major_subsystem_version", ANY),
    may("minor_subsystem_version", ANY),
    may("win32_version_value_hex", Hex),
    may("size_of_image", COUNT),
    may("size_of_headers", COUNT),
    may("checksum_hex", Hex),
    may("subsystem_hex", Hex),
    may("dll_characteristics_hex", Hex),
    may("size_of_stack_reserve", COUNT),
    may("size_of_stack_commit", COUNT),
    may("size_of_heap_reserve", COUNT),
    may("size_of_heap_commit", COUNT),
    may("loader_flags_hex", Hex),
    may("number_of_rva_and_sizes", ANY),
    may("hashes", Hashes),
]);

static HTTP_REQUEST: Shape = Shape::of(&[
    must("request_method", Text),
    must("request_value", Text),
    may("request_version", Text),
    may("request_header", Header),
    may("message_body_length", ANY),
    may("message_body_data_ref", Ref(Targets::Only(&["artifact"]))),
]);

static ICMP: Shape = Shape::of(&[must("icmp_type_hex", Hex), must("icmp_code_hex", Hex)]);

static SOCKET: Shape = Shape::of(&[
    must("address_family", Closed(vocab::ADDRESS_FAMILY)),
    may("is_blocking", Bool),
    may("is_listening", Bool),
    may("options", Dictionary),
    may("socket_type", Closed(vocab::SOCKET_TYPE)),
    may("socket_descriptor", COUNT),
    may("socket_handle", ANY),
]);

static TCP: Shape = Shape::of(&[may("src_flags_hex", Hex), may("dst_flags_hex", Hex)])
    .one_of(&["src_flags_hex", "dst_flags_hex"]);

static WINDOWS_PROCESS: Shape = Shape::of(&[
    may("aslr_enabled", Bool),
    may("dep_enabled", Bool),
    may("priority", Text),
    may("owner_sid", Text),
    may("window_title", Text),
    may("startup_info", Dictionary),
    may("integrity_level", Closed(vocab::INTEGRITY_LEVEL)),
])
.one_of(&[
    "aslr_enabled",
    "dep_enabled",
    "priority",
    "owner_sid",
    "window_title",
    "startup_info",
    "integrity_level",
]);

static WINDOWS_SERVICE: Shape = Shape::of(&[
    may("service_name", Text),
    may("descriptions", Texts),
    may("display_name", Text),
    may("group_name", Text),
    may("start_type", Closed(vocab::SERVICE_START)),
    may("service_dll_refs", Refs(Targets::Only(&["file"]))),
    may("service_type", Closed(vocab::SERVICE_TYPE)),
    may("service_status", Closed(vocab::SERVICE_STATUS)),
])
.one_of(&[
    "service_name",
    "descriptions",
    "display_name",
    "group_name",
    "start_type",
    "service_dll_refs",
    "service_type",
    "service_status",
]);

static UNIX_ACCOUNT: Shape =
    Shape::of(&[may("gid", ANY), may("groups", Texts), may("home_dir", Text), may("shell", Text)])
        .one_of(&["gid", "groups", "home_dir", "shell"]);

/// The extension of this name that this type may have.
pub(super) fn shape(kind: &str, name: &str) -> Option<&'static Shape> {
    Some(match (kind, name) {
        ("file", "archive-ext") => &ARCHIVE,
        ("file", "ntfs-ext") => &NTFS,
        ("file", "pdf-ext") => &PDF,
        ("file", "raster-image-ext") => &RASTER_IMAGE,
        ("file", "windows-pebinary-ext") => &PE_BINARY,
        ("network-traffic", "http-request-ext") => &HTTP_REQUEST,
        ("network-traffic", "icmp-ext") => &ICMP,
        ("network-traffic", "socket-ext") => &SOCKET,
        ("network-traffic", "tcp-ext") => &TCP,
        ("process", "windows-process-ext") => &WINDOWS_PROCESS,
        ("process", "windows-service-ext") => &WINDOWS_SERVICE,
        ("user-account", "unix-account-ext") => &UNIX_ACCOUNT,
        _ => return None,
    })
}
