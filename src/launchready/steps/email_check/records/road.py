"""The road from a DMARC record that watches to one that refuses: what is safe to publish next."""

from launchready.steps.email_check.records.dmarc import REMOVED, Dmarc

_STAGES = (("none", False), ("quarantine", True), ("quarantine", False), ("reject", False))


def next_record(record: Dmarc) -> str | None:
    """The record of the next stage, with all else as it is; None where it refuses already.

    First what receivers only try (`t=y`), then what they file as spam, then what they refuse
    (RFC 9989, appendix A.7).
    """
    stage = ("none", False) if record.policy == "none" else (record.policy, record.is_testing)
    if stage == ("reject", True):
        following = ("reject", False)
    elif stage == _STAGES[-1]:
        return None
    else:
        following = _STAGES[_STAGES.index(stage) + 1]
    policy, is_testing = following
    left_out = ("v", "p", "t", *REMOVED)
    kept = [f"{name}={value}" for name, value in record.tags.pairs if name not in left_out]
    tags = ["v=DMARC1", f"p={policy}", *(["t=y"] if is_testing else []), *kept]
    return "; ".join(tags)
