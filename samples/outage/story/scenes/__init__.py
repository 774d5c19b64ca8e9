"""What happened at the desks that afternoon besides the everyday traffic: one function for each scene.

Each scene makes its own people and items, so that no scene changes the outcome of another. The last argument of a line is
its description in the README; the one before is what offcirc is expected to say: the outcome, then the notes.
"""

from story.scenes import items, times, users


def all_scenes(world, desks):
    for module in (users, items, times):
        for name, scene in vars(module).items():
            if name.startswith("scene_"):
                scene(world, desks)
