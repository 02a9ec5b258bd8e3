"""What is drawn, and how, from top to bottom; what can be asked of it, and where it is written."""

from conv_anim.animation.animation import Animation, animate

__all__ = ["Animation", "animate"]
