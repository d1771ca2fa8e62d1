"""A deal that a whole services contract can be drafted from, invented."""

from datetime import date
from typing import Any


def services_deal(due: date) -> dict[str, Any]:
    """The request of ``contracts draft``: two companies, everything filled in, paid whole on ``due``."""
    return {
        "contract_type": "services",
        "parties": [
            {"name": "北京天元信息技术有限公司", "credit_code": "91350100M000100Y43",
             "address": "北京市朝阳区建国路88号", "email": "a@example.com"},
            {"name": "深圳市蓝海电子股份有限公司", "credit_code": "91350100M000100Y43",
             "address": "深圳市南山区科技路1号"},
        ],
        "subject": "机房巡检", "amount": 120000, "payments": [{"percent": 100, "due": due.isoformat()}],
        "start": date.today().isoformat(), "term_months": 12,
    }  # fmt: skip
