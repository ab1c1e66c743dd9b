"""Which tasks the Data Manager of the fake server finds, and how it counts their annotations."""

from __future__ import annotations

from tests.contract.fake_state import Json


def selected(task: Json, items: Json) -> bool:
    """Of ``included`` and ``excluded`` the server reads one, and passes by the other."""
    if items["all"]:
        return task["id"] not in items.get("excluded", ())
    included = items.get("included")
    return not included or task["id"] in included  # none named is no limit


def finished(task: Json) -> list[Json]:
    return [one for one in task["annotations"] if not one["was_cancelled"]]


def counted(task: Json, *, cancelled: bool = False) -> int:
    """The server's count, which may be wrong."""
    whole = len(finished(task))
    if cancelled:
        return int(task.get("cancelled_annotations", len(task["annotations"]) - whole))
    return int(task.get("total_annotations", whole))


def holds(task: Json, item: Json) -> bool:
    column, value = item["filter"].removeprefix("filter:tasks:"), item["value"]
    match column, item["operator"]:
        case "annotators", "contains":
            return any(one["completed_by"]["id"] == int(value) for one in task["annotations"])
        case "id", "in_list":
            return task["id"] in value
        case "id", "greater":
            return bool(task["id"] > value)
        case (("data.sentence_id" | "data.key"), "in_list"):
            return bool(task["data"].get(column.removeprefix("data.")) in value)
        case "data.people", "in_list":
            return bool(task["data"].get("people") in value)
        case "total_annotations", "equal":
            return bool(counted(task) == value)
        case "total_annotations", "greater":
            return bool(counted(task) > value)
        case "annotations_ids", "greater":
            return any(int(one["id"]) > value for one in task["annotations"])
        case "annotations_ids", "empty":
            return bool(bool(task["annotations"]) != value)
        case "total_predictions", "greater":
            return bool(len(task["predictions"]) > value)
        case "predictions_model_versions", "contains":
            return any(one in p["model_version"] for p in task["predictions"] for one in value)
        case "draft_exists", "equal":
            return bool(bool(task["drafts"]) == value)
    raise AssertionError(f"the fake does not know the filter {item}")
