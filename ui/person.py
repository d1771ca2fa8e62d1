"""Who acts. Until there is sign-in a person picks a name from the list in the settings, and every record says so."""

from datetime import timedelta
from urllib.parse import unquote

import streamlit as st

from workbench.approvals import Actor
from workbench.services import Services

from .component import component
from .language import t
from .literal import literal

_KEY = "person"
_COOKIE = "workbench-person"
_KEPT = timedelta(days=365)


def acting(services: Services) -> Actor:
    """Who acts on this page, with the account of this machine that really does."""
    return services.desk.actor(_chosen(services))


def person_picker(services: Services) -> None:
    """Draw the choice. It lasts for the session, and a cookie of this browser brings it back after a reload."""
    names = {person.id: " · ".join(filter(None, (person.name, person.department))) for person in services.desk.people}
    st.session_state[_KEY] = _chosen(services)
    with st.container(key="acting"):
        chosen: str = st.selectbox(
            t("person.label"), list(names), key=_KEY, format_func=names.__getitem__, help=t("person.help")
        )
        component("remember", styled=False)(
            data={"name": _COOKIE, "value": chosen, "seconds": int(_KEPT.total_seconds())}, key="remember-person"
        )


def signature(services: Services, person: str, real: str) -> str:
    """Who did something, for a record: the name and, in single-user mode, the account that acted for it."""
    name = literal(services.desk.name(person)) if person else t("result.somebody")
    return f"{name}{t('person.single', account=literal(real))}" if real else name


def _chosen(services: Services) -> str:
    known = [person.id for person in services.desk.people]
    for wanted in (st.session_state.get(_KEY), unquote(st.context.cookies.get(_COOKIE, ""))):
        if wanted in known:
            return str(wanted)
    return known[0]
