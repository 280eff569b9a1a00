"""Over all that was answered to the checks before."""

from table import check
from wire import MEDIA


@check("lists", "OS 2")
def no_empty_lists(w):
    bad = []
    for asked, answer in w.site.seen:
        if answer.media == MEDIA:
            bad += [f"{asked}: {name}" for name, value in answer.resource().items() if value == []]
    yield "never_empty", [], bad[:3]


@check("every_answer", "OS 3.1")
def every_answer(w):
    seen = [(asked.split("?")[0], one) for asked, one in w.site.seen]
    other = {f"{one.status} {asked}" for asked, one in seen if one.media != MEDIA and one.status != 308}
    yield "media_type", [], sorted(other)[:5]
    yield "no_fault", [], sorted({asked for asked, one in seen if one.status >= 500})[:5]
    wrong = [asked for asked, one in seen if one.status >= 400 and one.resource().get("http_status", str(one.status)) != str(one.status)]
    yield "http_status", [], wrong[:3]
