"""The moving map, made by folium, and what an author has made with folium."""
