"""The program that reads images: how many run at once, and what it costs when one breaks (R19, R70)."""
import concurrent.futures
import os
import pathlib
import time

from PIL import Image

from harness import images, people
from harness.client import Api

AVATAR = "/api/v1/users/me/avatar"


class TestLimits:
    def test_R19_many_at_once_are_served_or_told_to_wait(self, start_server):
        server = start_server()
        who = [people.person(Api(server), "admin@demo.test").access_token, people.new_customer(Api(server)).access_token]

        def upload(number):
            return images.send(Api(server, token=who[number % 2]), "PUT", AVATAR, images.jpeg(600, 400), expect=(200, 503)).status

        with concurrent.futures.ThreadPoolExecutor(12) as threads:
            statuses = list(threads.map(upload, range(24)))
        assert 200 in statuses and 503 in statuses  # two at a time for each
        assert images.send(Api(server, token=who[0]), "PUT", AVATAR, images.jpeg(), expect=200)

    def test_R70_a_program_that_breaks_costs_a_422_and_a_line_in_the_log(self, start_server, tmp_path):
        server = start_server()
        api = Api(server, token=people.person(Api(server), "customer@demo.test").access_token)
        # What a decoder's bug would do: the program is gone in the middle of its work.
        stop = concurrent.futures.ThreadPoolExecutor(1).submit(kill_children_of, server.pid)
        answer = images.send(api, "PUT", AVATAR, images.encoded(Image.effect_noise((2400, 2000), 90), "PNG")[:5_000_000], expect=422)
        assert answer.code == "image_unreadable" and stop.result(20)
        give_up = time.monotonic() + 10
        while "frontdesk-image was ended by signal 9" not in server.log():
            assert time.monotonic() < give_up
            time.sleep(0.1)
        images.send(api, "PUT", AVATAR, images.jpeg(), expect=200)


def kill_children_of(pid, within_s=15):
    """Ends the first frontdesk-image that a server starts; whether there was one."""
    give_up = time.monotonic() + within_s
    while time.monotonic() < give_up:
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                try:
                    if os.readlink(f"/proc/{child}/exe").endswith("frontdesk-image"):
                        os.kill(child, 9)
                        return True
                except OSError:
                    continue
    return False
