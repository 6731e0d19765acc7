"""Images and documents, and the words of a StreamField body."""

import wagtail_factories

from cms.models import CustomDocument, CustomImage


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = CustomImage

    title = "IMG_0001"
    alt_text = "Bidan memeriksa seorang ibu hamil"
    credit = "Humas"


class DocumentFactory(wagtail_factories.DocumentFactory):
    class Meta:
        model = CustomDocument

    title = "Contoh SOP"
