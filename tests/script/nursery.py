#!/usr/bin/env python3
"""nursery.py - both sides of the nursery, for tests: asks a worker without the engine, or is one that works badly.

nursery.py ask WORKER REQUEST INPUT ANSWER    hands the files over and waits for the copy; "-": an input without bytes
nursery.py liar|mute|crash --nursery          each copy answers with random bytes, with nothing, or dies
"""
import array
import ctypes
import os
import signal
import socket
import subprocess
import sys

CLONE_PARENT = 0x8000
CALLS = {"x86_64": 56, "aarch64": 220}


def copy_self():
    return ctypes.CDLL(None).syscall(CALLS[os.uname().machine], CLONE_PARENT | signal.SIGCHLD, 0, 0, 0, 0)


def misbehave(how):
    calls = socket.socket(fileno=0)
    while True:
        data, controls, _, _ = calls.recvmsg(1, socket.CMSG_SPACE(12))
        if not data:
            return
        files = array.array("i")
        files.frombytes(controls[0][2])
        pid = copy_self()
        if pid == 0:
            os.setpgid(0, 0)
            if how == "liar":
                os.write(files[1], os.urandom(100000))
            if how == "crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            os._exit(0)
        for file in files:
            os.close(file)
        calls.send(pid.to_bytes(4, sys.byteorder))


def ask(worker, request, source, answer):
    # The numbers of the worker's files are taken, as the engine does.
    holder = os.open("/dev/null", os.O_RDWR)
    if holder != 3:
        os.dup2(holder, 3)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    nursery = subprocess.Popen([worker, "--nursery"], stdin=theirs, stdout=subprocess.DEVNULL, pass_fds=[3])
    theirs.close()
    files = [os.open(request, os.O_RDONLY), os.open(answer, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
    files.append(os.open("/dev/null", os.O_WRONLY) if source == "-" else os.open(source, os.O_RDONLY))
    socket.send_fds(ours, [b"\0"], files)
    pid = int.from_bytes(ours.recv(4), sys.byteorder)
    signal.alarm(20)  # a worker that hangs ends this, too
    _, status = os.waitpid(pid, 0)
    ours.close()
    nursery.wait()
    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)


if sys.argv[1] == "ask":
    ask(*sys.argv[2:6])
else:
    misbehave(sys.argv[1])
