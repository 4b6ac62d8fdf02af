"""What leaves the kitchen by road.

pack_out  the pull and pack-out list by vehicle and stop
tools     tools by station, spares of rentals
trips     which vehicle drives which way, with what
driver    the driver's sheet, a table for each vehicle
"""
