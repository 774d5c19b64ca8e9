"""What happened at the desks that afternoon besides the everyday traffic: one function per scene.

Each scene creates its own people and items, so that no scene affects another. A line's last argument is its description
in the README; the one before it is the expected result: the outcome, then the notes.
"""

from story.scenes import items, times, users


def all_scenes(world, desks):
    for module in (users, items, times):
        for name, scene in vars(module).items():
            if name.startswith("scene_"):
                scene(world, desks)
