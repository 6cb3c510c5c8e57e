"""Whose request it is: the client's address, past proxies that the settings trust and no others."""

from ipaddress import ip_address, ip_network

from starlette.requests import Request


def client_address(request: Request, trusted_proxies: list[str]) -> str:
    """Give the address of the nearest party that is not a trusted proxy.

    X-Forwarded-For is read from its right end, and only while the one who wrote that part is
    trusted; anybody can write its left end. IPv6 clients count by their /64.
    """
    address = request.client.host if request.client else "unknown"
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    while hops and _is_trusted(address, trusted_proxies):
        candidate = hops.pop()
        if not _is_address(candidate):
            break
        address = candidate
    return _subscriber(address)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_trusted(address: str, trusted_proxies: list[str]) -> bool:
    if not _is_address(address):
        return False
    here = ip_address(address)
    return any(here in ip_network(proxy, strict=False) for proxy in trusted_proxies)


def _subscriber(address: str) -> str:
    if not _is_address(address) or ip_address(address).version == 4:
        return address
    return str(ip_network(f"{address.split('%', maxsplit=1)[0]}/64", strict=False))
