"""Blocks every page type may use. Their templates are in templates/blocks/."""

from cms.blocks.body import BODY_BLOCKS
from cms.blocks.media import CaptionedImageBlock, DocumentLinkBlock, GalleryBlock

__all__ = ["BODY_BLOCKS", "CaptionedImageBlock", "DocumentLinkBlock", "GalleryBlock"]
