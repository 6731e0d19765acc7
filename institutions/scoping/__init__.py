"""What Wagtail shows of another institution's unpublished work, and who is kept from it here.

Wagtail's listings ask the page policy; these do not: choosers, reports, names offered by filters, tags, bulk
actions, the API of images and documents, the front page, and every view that takes any page's number. Each is
narrowed to what the person has rights on, a chooser also to what the public may read.
"""

# Who may do any of this with something sees it, in a listing or a chooser; of files, their tags, too.
SEEING = ["add", "change", "delete", "choose", "view"]
