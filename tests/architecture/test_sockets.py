import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_it_lets_no_test_reach_another_machine() -> None:
    with pytest.raises(SocketConnectBlockedError), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
