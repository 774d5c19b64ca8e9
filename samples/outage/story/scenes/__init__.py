"""What happened at the desks that afternoon beside the everyday traffic: one function a scene.

Each scene makes its own people and items, so that no scene changes another's end. The last argument of a line is what the
README tells of it; the one before is what offcirc is expected to say: the outcome, then the notes.
"""

from story.scenes import items, times, users


def all_scenes(world, desks):
    for module in (users, items, times):
        for name, scene in vars(module).items():
            if name.startswith("scene_"):
                scene(world, desks)
